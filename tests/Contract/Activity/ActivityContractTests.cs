using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Activity;

[Trait("Spec", "AC-1")]
public sealed class ActivityContractTests(SharedServer shared)
{
    private const string Path = "/api/activity";
    private const string Feed = """{"category":"pet","action":"feed","petId":"rex","details":{"food":"apple"}}""";

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task An_activity_is_logged_with_the_address_and_user_agent_of_the_request()
    {
        var user = await _server.User("acc-bo");
        var logged = (
            await user.Send(
                HttpMethod.Post,
                Path,
                Feed,
                change: static request => request.Headers.UserAgent.ParseAdd("pets/7")
            )
        ).ShouldBe(201);

        Assert.Equal(
            [
                "id",
                "userId",
                "petId",
                "action",
                "category",
                "details",
                "timestamp",
                "ipAddress",
                "userAgent",
                "metadata",
                "source",
                "expiresAt",
            ],
            logged.Members
        );
        Assert.Equal(
            ("acc-bo", "rex", "feed", "pet", "127.0.0.1", "pets/7", "user"),
            (
                logged["userId"],
                logged["petId"],
                logged["action"],
                logged["category"],
                logged["ipAddress"],
                logged["userAgent"],
                logged["source"]
            )
        );
        var found = (await user.Get($"{Path}?category=pet&petId=rex&action=feed&days=1")).ShouldBe(200);
        Assert.Equal(logged.Text, Assert.Single(found.Json.GetProperty("activities").EnumerateArray()).GetRawText());
    }

    [Fact, Trait("Spec", "AC-2")]
    public async Task A_sign_in_a_purchase_and_a_transaction_are_there_by_themselves()
    {
        var shop = await ShopScene.Open(_server, "acc-shop");
        (await shop.Buy("b1")).ShouldBe(200);
        (await shop.User.Post("/api/transactions", Transaction)).ShouldBe(201);

        var list = await Eventually.GetAsync(
            async () => (await shop.User.Get(Path)).ShouldBe(200),
            static list => Actions(list).Length == 4
        );

        Assert.Equal(["credit", "menu_purchase", "sign_in", "transaction_recorded"], Actions(list).Order());
        Assert.All(
            list.Json.GetProperty("activities").EnumerateArray(),
            static one => Assert.Equal("system", one.GetProperty("source").GetString())
        );
        var stats = (await shop.Admin.Get($"{Path}/stats?userId={shop.UserId}")).ShouldBe(200);
        Assert.Equal(
            ["userId", "days", "summary", "recentActivity", "dailyTrend", "topHours", "isComplete"],
            stats.Members
        );
        Assert.Equal(
            """{"auth":1,"pet":0,"wallet":2,"social":0,"purchase":1,"system":0}""",
            stats.Json.GetProperty("summary").GetRawText()
        );
        Assert.Equal(
            (30, 4),
            (
                stats.Json.GetProperty("dailyTrend").GetArrayLength(),
                stats.Json.GetProperty("recentActivity").GetArrayLength()
            )
        );
        Assert.Equal(
            4,
            stats.Json.GetProperty("topHours").EnumerateArray().Sum(static one => one.GetProperty("count").GetInt64())
        );
        // However many requests there are, and with whatever token.
        (await _server.As("user", shop.UserId).Get("/api/v1/me")).ShouldBe(200);
        var signIns = (await shop.User.Get($"{Path}?action=sign_in")).ShouldBe(200);
        Assert.Single(Actions(signIns));
    }

    [Fact]
    public async Task People_log_and_see_their_own_and_admins_and_services_any()
    {
        await _server.User("acc-own");
        var other = await _server.User("acc-spy");
        (await other.Get($"{Path}?userId=acc-own")).ShouldRefuse(403, "FORBIDDEN");
        (await other.Get($"{Path}/stats?userId=acc-own")).ShouldRefuse(403, "FORBIDDEN");
        (await other.Post(Path, """{"category":"pet","action":"feed","userId":"acc-own"}""")).ShouldRefuse(
            403,
            "FORBIDDEN"
        );
        foreach (var role in new[] { "admin", "service" })
        {
            var any = _server.As(role, "acc-any");
            (await any.Get(Path)).ShouldRefuse(400, "INVALID_ACTIVITY_QUERY");
            (await any.Get($"{Path}/stats")).ShouldRefuse(400, "INVALID_ACTIVITY_QUERY");
            (await any.Post(Path, Feed)).ShouldRefuse(404, "USER_NOT_FOUND");
            (await any.Post(Path, """{"category":"pet","action":"x","userId":"acc-none"}""")).ShouldRefuse(
                404,
                "USER_NOT_FOUND"
            );
            var logged = (
                await any.Post(Path, $$"""{"category":"system","action":"noted by {{role}}","userId":"acc-own"}""")
            ).ShouldBe(201);
            Assert.Equal(role, logged["source"]);
            (await any.Get($"{Path}?userId=acc-own")).ShouldBe(200);
            (await any.Get($"{Path}/stats?userId=acc-own&days=90")).ShouldBe(200);
        }
    }

    [Theory]
    [InlineData("""{"action":"feed"}""", "INVALID_ACTIVITY_CATEGORY")]
    [InlineData("""{"category":"money","action":"feed"}""", "INVALID_ACTIVITY_CATEGORY")]
    [InlineData("""{"category":1,"action":"feed"}""", "INVALID_ACTIVITY_CATEGORY")]
    [InlineData("""{"category":"pet"}""", "INVALID_ACTIVITY_ACTION")]
    [InlineData("""{"category":"pet","action":7}""", "INVALID_ACTIVITY_ACTION")]
    [InlineData("""{"category":"pet","action":"a","petId":"no pet"}""", "INVALID_PET_ID")]
    [InlineData("""{"category":"pet","action":"a","details":[]}""", "INVALID_DETAILS")]
    [InlineData("""{"category":"pet","action":"a","metadata":"{}"}""", "INVALID_METADATA")]
    [InlineData("""{"category":"pet","action":"a","ipAddress":"1.2.3.4"}""", "INVALID_REQUEST")]
    public async Task What_is_no_activity_is_refused(string body, string code) =>
        (await (await _server.User("acc-bad")).Post(Path, body)).ShouldRefuse(400, code);

    [Theory]
    [InlineData("?days=0")]
    [InlineData("?days=91")]
    [InlineData("?days=all")]
    [InlineData("?petId=no%20pet")]
    [InlineData("?action=")]
    [InlineData("?cursor=7")]
    [InlineData("?offset=1001")]
    [InlineData("?cursor=1.1&offset=1")]
    [InlineData("/stats?days=91")]
    public async Task A_question_that_makes_no_sense_is_refused(string query) =>
        (await (await _server.User("acc-asks")).Get(Path + query)).ShouldRefuse(400, "INVALID_ACTIVITY_QUERY");

    [Fact]
    public async Task Pages_follow_by_cursor_or_by_offset()
    {
        var user = await _server.User("acc-pages");
        for (var number = 1; number <= 7; number++)
        {
            (await user.Post(Path, $$"""{"category":"social","action":"wave {{number}}"}""")).ShouldBe(201);
        }
        const string Social = Path + "?category=social";
        var first = (await user.Get($"{Social}&limit=3")).ShouldBe(200);
        var next = first.Json.GetProperty("pagination").GetProperty("next").GetString();
        var second = (await user.Get($"{Social}&limit=3&cursor={next}")).ShouldBe(200);

        Assert.Equal(["wave 7", "wave 6", "wave 5"], Actions(first));
        Assert.Equal(["wave 4", "wave 3", "wave 2"], Actions(second));
        Assert.Equal(["wave 2", "wave 1"], Actions(await user.Get($"{Social}&offset=5")));
        Assert.Equal(7, first.Json.GetProperty("pagination").GetProperty("total").GetInt64());
        (await user.Get($"{Path}?category=money")).ShouldRefuse(400, "INVALID_ACTIVITY_CATEGORY");
        (await user.Get($"{Path}?limit=101")).ShouldRefuse(400, "INVALID_PAGE");
    }

    private const string Transaction = """
        {"transactionHash":"0xacc0000000000000000000000000000000000000000000000000000000000001",
         "from":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed","to":"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
         "amount":"1","token":"ETH","type":"gift"}
        """;

    private static string[] Actions(Answer list) =>
        [
            .. list
                .Json.GetProperty("activities")
                .EnumerateArray()
                .Select(static one => one.GetProperty("action").GetString()!),
        ];
}
