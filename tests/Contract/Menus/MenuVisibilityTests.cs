using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Menus;

/// <summary>Who sees which menu, over every way to reach one.</summary>
[Trait("Spec", "PM-3")]
public sealed class MenuVisibilityTests(SharedServer shared)
{
    private const string Owner = "visible-owner";

    private readonly ApiServer _server = shared.Server;

    /// <summary>Visibility, role, id, and what is seen: nothing, offers or whole.</summary>
    public static readonly TheoryData<string, string, string, string> Matrix = new()
    {
        { "public", "user", "visible-stranger", "offers" },
        { "public", "user", "visible-fan", "offers" },
        { "public", "model", "visible-other", "offers" },
        { "public", "model", Owner, "whole" },
        { "public", "service", "messages", "whole" },
        { "public", "admin", "root", "whole" },
        { "subscribers_only", "user", "visible-stranger", "nothing" },
        { "subscribers_only", "user", "visible-fan", "offers" },
        { "subscribers_only", "user", "visible-former", "nothing" },
        { "subscribers_only", "user", "visible-guest", "nothing" },
        { "subscribers_only", "model", "visible-other", "nothing" },
        { "subscribers_only", "model", Owner, "whole" },
        { "subscribers_only", "service", "messages", "whole" },
        { "subscribers_only", "admin", "root", "whole" },
        { "private", "user", "visible-stranger", "nothing" },
        { "private", "user", "visible-fan", "nothing" },
        { "private", "user", "visible-guest", "offers" },
        { "private", "model", "visible-other", "nothing" },
        { "private", "model", Owner, "whole" },
        { "private", "service", "messages", "whole" },
        { "private", "admin", "root", "whole" },
    };

    [Theory, Trait("Spec", "ID-0")]
    [InlineData("user", Owner)]
    [InlineData("model", "visible-fan")]
    [InlineData("model", "visible-guest")]
    public async Task A_token_of_another_role_for_an_id_that_may_see_a_menu_sees_nothing(string role, string id)
    {
        await MenuOf("private");
        await _server.User("visible-guest");
        (await _server.As(role, id).Get("/menu/model/" + Owner)).ShouldRefuse(403, "WRONG_ROLE");
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Everybody_sees_what_is_for_them_and_no_sign_of_anything_else(
        string visibility,
        string role,
        string id,
        string sight
    )
    {
        var menu = await MenuOf(visibility);
        var client = _server.As(role, id);

        var read = await client.Get($"/menu/{menu["_id"]}");
        var listed = (await client.Get("/menu/model/" + Owner)).ShouldBe(200);

        var found = listed
            .Json.GetProperty("menus")
            .EnumerateArray()
            .Where(one => one.GetProperty("_id").GetString() == menu["_id"])
            .Select(static one => one.GetRawText());
        if (sight == "nothing")
        {
            read.ShouldRefuse(404, "MENU_NOT_FOUND");
            Assert.Empty(found);
            await AssertLikeAMenuThatNeverWas(client, menu, read);
            return;
        }
        Assert.Equal(read.ShouldBe(200).Text, Assert.Single(found));
        var expected = sight == "whole" ? MenuScenes.MenuMembers : MenuScenes.MenuMembers.Except(["whitelist_users"]);
        Assert.Equal(expected, read.Members);
        Assert.Equal(sight == "whole" ? ["Open", "Hidden"] : ["Open"], read.ItemNames());
    }

    [Theory]
    [InlineData("public")]
    [InlineData("subscribers_only")]
    [InlineData("private")]
    public async Task For_another_model_no_menu_can_be_changed_nor_told_from_none(string visibility)
    {
        var menu = await MenuOf(visibility);
        var other = await _server.Model("visible-other");
        foreach (var id in new[] { menu["_id"], MenuScenes.Unknown, "nonsense" })
        {
            var path = $"/menu/{id}";
            var item = menu.Item(0).GetProperty("_id").GetString();
            Answer[] answers =
            [
                await other.Put(path, """{"name":"Mine"}"""),
                await other.Put(path, """{"visibility":"public"}"""),
                await other.Delete(path),
                await other.Post(path + "/items", """{"name":"x","token_value":1}"""),
                await other.Put($"{path}/items/{item}", """{"token_value":1}"""),
                await other.Put($"{path}/items/{MenuScenes.Unknown}", """{"token_value":1}"""),
                await other.Delete($"{path}/items/{item}"),
            ];
            Assert.All(answers, static answer => answer.ShouldRefuse(404, "MENU_NOT_FOUND"));
        }
        Assert.Equal(menu.Text, (await _server.As("model", Owner).Get($"/menu/{menu["_id"]}")).Text);
    }

    [Fact]
    public async Task A_subscription_opens_and_closes_a_menu_at_once()
    {
        var menu = await MenuOf("subscribers_only");
        var client = _server.As("user", "visible-newcomer");
        (await client.Get($"/menu/{menu["_id"]}")).ShouldRefuse(404, "MENU_NOT_FOUND");

        await _server.Subscribe("visible-newcomer", Owner, "2099-01-01T00:00:00Z");
        (await client.Get($"/menu/{menu["_id"]}")).ShouldBe(200);
        await _server.Subscribe("visible-newcomer", Owner, "2020-01-01T00:00:00Z");

        (await client.Get($"/menu/{menu["_id"]}")).ShouldRefuse(404, "MENU_NOT_FOUND");
    }

    [Theory]
    [InlineData("507f1f77bcf86cd79943901")]
    [InlineData("507f1f77bcf86cd7994390111")]
    [InlineData("507F1F77BCF86CD799439011")]
    [InlineData("507f1f77bcf86cd79943901g")]
    [InlineData("purchase")]
    [InlineData("model")]
    [InlineData("a%2Fb")]
    public async Task An_id_of_another_shape_is_no_menu(string id) =>
        (await _server.Admin().Get("/menu/" + id)).ShouldRefuse(404, "MENU_NOT_FOUND");

    [Fact]
    public async Task Addresses_of_purchases_are_not_taken_for_menus()
    {
        foreach (var path in new[] { "/menu/purchase/history", $"/menu/purchase/{MenuScenes.Unknown}/status" })
        {
            Assert.DoesNotContain(
                "MENU_NOT_FOUND",
                (await _server.As("user").Get(path)).Text,
                StringComparison.Ordinal
            );
        }
        Assert.Equal(["templates"], (await _server.Admin().Get("/menu/templates")).ShouldBe(200).Members);
    }

    /// <summary>But for its address and the number of the request.</summary>
    private static async Task AssertLikeAMenuThatNeverWas(ApiClient client, Answer menu, Answer read)
    {
        var never = await client.Get($"/menu/{MenuScenes.Unknown}");
        Assert.Equal(
            Plain(never.Text, MenuScenes.Unknown, never["traceId"]!),
            Plain(read.Text, menu["_id"]!, read["traceId"]!)
        );
        Assert.Equal(never.Headers.Keys.Order(StringComparer.Ordinal), read.Headers.Keys.Order(StringComparer.Ordinal));

        static string Plain(string text, string id, string trace) =>
            text.Replace(id, "", StringComparison.Ordinal).Replace(trace, "", StringComparison.Ordinal);
    }

    private async Task<Answer> MenuOf(string visibility)
    {
        await _server.Model(Owner);
        await _server.Model("visible-other");
        await _server.Subscribe("visible-fan", Owner, "2099-01-01T00:00:00Z");
        await _server.Subscribe("visible-former", Owner, "2020-01-01T00:00:00Z");
        var owner = _server.As("model", Owner);
        // One of each, however many tests ask.
        var body =
            $$"""{"name":"Fun","visibility":"{{visibility}}","whitelist_users":["visible-guest"],"idempotency_key":"{{visibility}}"}""";
        var menu = await owner.MakeMenu(body);
        await owner.AddItem(menu, """{"name":"Open","token_value":5,"display_order":1,"idempotency_key":"open"}""");
        await owner.AddItem(
            menu,
            """{"name":"Hidden","token_value":5,"display_order":2,"is_active":false,"idempotency_key":"hidden"}"""
        );
        return (await owner.Get($"/menu/{menu["_id"]}")).ShouldBe(200);
    }
}
