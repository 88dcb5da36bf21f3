using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Moderation;

namespace Actors.Contract.Tests.Moderation;

[Trait("Spec", "BO-9")]
public sealed class IncidentContractTests : IAsyncLifetime
{
    private const string Incidents = "/api/v1/admin/incidents";

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Admins_see_who_reported_whom_and_when_once_newest_first_and_close_it_once()
    {
        var admin = _server.As("admin", "root");
        await ReportAsync(1, "bo", "mia", "harassment");
        await ReportAsync(2, "mia", "cleo", "somebody's own words: they said \u2026");
        await ReportAsync(2, "mia", "cleo", "again");

        var list = (await admin.Get(Incidents)).ShouldBe(200);
        Assert.Equal(["incidents", "total", "open", "limit", "offset"], list.Members);
        Assert.Equal(("2", "2"), (list["total"], list["open"]));
        var newest = list.Json.GetProperty("incidents")[0];
        Assert.Equal(
            ["incidentId", "bookingId", "reporterId", "reportedId", "category", "at", "closedAt", "closedBy", "note"],
            newest.EnumerateObject().Select(static one => one.Name)
        );
        // A heading, never a text.
        Assert.Equal(
            ("mia", "other"),
            (newest.GetProperty("reporterId").GetString(), newest.GetProperty("category").GetString())
        );

        (await admin.Post($"{Incidents}/1/close", """{"note":" "}""")).ShouldRefuse(400, "INVALID_NOTE");
        (await admin.Post($"{Incidents}/1/close", """{"note":7}""")).ShouldRefuse(400, "INVALID_NOTE");
        (await admin.Post($"{Incidents}/9/close", """{"note":"Seen"}""")).ShouldRefuse(404, "INCIDENT_NOT_FOUND");
        var closed = (await admin.Post($"{Incidents}/1/close", """{"note":"Talked to both"}""")).ShouldBe(200);
        Assert.Equal(
            ("root", "Talked to both", "harassment"),
            (closed["closedBy"], closed["note"], closed["category"])
        );
        (await admin.Post($"{Incidents}/1/close", """{"note":"Again"}""")).ShouldRefuse(409, "INCIDENT_CLOSED");

        Assert.Equal("1", (await admin.Get($"{Incidents}?open=true")).ShouldBe(200)["total"]);
        Assert.Equal("2", (await admin.Get($"{Incidents}?person=mia")).ShouldBe(200)["total"]);
        Assert.Equal("1", (await admin.Get($"{Incidents}?person=bo&open=false")).ShouldBe(200)["total"]);
        (await admin.Get($"{Incidents}?open=perhaps")).ShouldRefuse(400, "INVALID_REQUEST");
        (await _server.As("model", "mia").Get(Incidents)).ShouldRefuse(403, "FORBIDDEN");
    }

    private Task ReportAsync(long number, string reporter, string reported, string category) =>
        _server
            .Service<IGrainFactory>()
            .GetGrain<IIncidentDeskGrain>(IIncidentDeskGrain.OnlyKey)
            .Receive(
                new Delivery("booking/b", number),
                new IncidentNotice($"bk_{number}", reporter, reported, category, TimeProvider.System.GetUtcNow())
            );
}
