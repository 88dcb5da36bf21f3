using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Identity;

[Trait("Spec", "ID-4")]
public sealed class SubscriptionContractTests(SharedServer shared)
{
    private const string Path = "/api/v1/admin/subscriptions";

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact]
    public async Task A_subscription_is_set_by_an_admin_and_read_by_its_user_alone()
    {
        await _server.Model("subscribed-to");
        await _server.User("subscriber");
        var set = await Admin.Put(Path, Body("subscriber", "subscribed-to", "2099-01-01T02:00:00+02:00"));

        Assert.Equal(["userId", "modelId", "until", "active"], set.ShouldBe(200).Members);
        Assert.Equal(
            ("subscriber", "subscribed-to", "2099-01-01T00:00:00Z", "True"),
            (set["userId"], set["modelId"], set["until"], set["active"])
        );
        var own = (await _server.As("user", "subscriber").Get("/api/v1/subscriptions")).ShouldBe(200);
        Assert.Equal(["subscriptions"], own.Members);
        Assert.Equal(set.Text, Assert.Single(own.Json.GetProperty("subscriptions").EnumerateArray()).GetRawText());
        var other = (await _server.As("user", "not-subscriber").Get("/api/v1/subscriptions")).ShouldBe(200);
        Assert.Empty(other.Json.GetProperty("subscriptions").EnumerateArray());
    }

    [Fact]
    public async Task A_time_in_the_past_ends_it()
    {
        await _server.Model("left");
        await _server.User("leaver");
        (await Admin.Put(Path, Body("leaver", "left", "2099-01-01T00:00:00Z"))).ShouldBe(200);

        var ended = (await Admin.Put(Path, Body("leaver", "left", "2020-01-01T00:00:00Z"))).ShouldBe(200);

        Assert.Equal("False", ended["active"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"modelId":"ana","until":"2099-01-01T00:00:00Z"}""")]
    [InlineData("""{"userId":"bo","until":"2099-01-01T00:00:00Z"}""")]
    [InlineData("""{"userId":"bo","modelId":"ana"}""")]
    [InlineData("""{"userId":"bo","modelId":"ana","until":"2099-01-01T00:00:00"}""")]
    [InlineData("""{"userId":"bo","modelId":"ana","until":4070908800}""")]
    [InlineData("""{"userId":"b o","modelId":"ana","until":"2099-01-01T00:00:00Z"}""")]
    [InlineData("""{"userId":7,"modelId":"ana","until":"2099-01-01T00:00:00Z"}""")]
    [InlineData("""{"userId":"bo","modelId":["ana"],"until":"2099-01-01T00:00:00Z"}""")]
    public async Task A_subscription_that_misses_something_is_refused(string body) =>
        (await Admin.Put(Path, body)).ShouldRefuse(400, "INVALID_SUBSCRIPTION");

    [Theory]
    [InlineData("nobody-at-all")]
    [InlineData("a.b")]
    public async Task Nobody_subscribes_to_a_model_that_does_not_exist(string model) =>
        (await Admin.Put(Path, Body("bo", model, "2099-01-01T00:00:00Z"))).ShouldRefuse(404, "MODEL_NOT_FOUND");

    private static string Body(string user, string model, string until) =>
        $$"""{"userId":"{{user}}","modelId":"{{model}}","until":"{{until}}"}""";
}
