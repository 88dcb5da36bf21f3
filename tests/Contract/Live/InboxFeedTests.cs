using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Notifications;

namespace Actors.Contract.Tests.Live;

/// <summary>The inbox as everybody's first stream, with the real grains behind it.</summary>
[Trait("Spec", "CH-3")]
public sealed class InboxFeedTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task A_notification_arrives_as_it_is_listed()
    {
        using var events = await OpenAsync("live-listed");
        await TellAsync("live-listed", 1);

        var told = (await events.NextAsync())!;
        Assert.Equal(("n1", "notification"), (told.Id, told.Type));
        Assert.Equal("""{"id":1,"kind":"mood_reset","text":"text 1","read":false}""", told.Data.GetRawText());
    }

    [Fact, Trait("Spec", "BO-11")]
    public async Task What_a_person_hears_is_in_the_own_language_and_zone()
    {
        var user = await _server.User("live-spanish");
        (await user.Put("/api/v1/me", """{"language":"es","timeZone":"Europe/Madrid"}""")).ShouldBe(200);
        using var events = await EventReader.OpenAsync(_server, _server.Token("user", "live-spanish"));
        Assert.Equal("unread", (await events.NextAsync())!.Type);
        var until = new DateTimeOffset(2026, 7, 1, 3, 0, 0, TimeSpan.Zero);
        var facts = new NotificationFacts(State: "positive", Reason: "<3", Until: until);
        await _server
            .Service<IGrainFactory>()
            .GetGrain<INotificationInboxGrain>("live-spanish")
            .Receive(new Delivery("mood/somebody", 1), new Notification("mood_overridden", null, until, facts));

        var told = (await events.NextAsync())!;
        Assert.Equal(
            "Un administrador puso tu estado de ánimo en positivo hasta el 1 jul 2026, 5:00: <3",
            told["text"]
        );
        Assert.Equal(("positive", "<3", "2026-07-01T03:00:00Z"), (Fact("state"), Fact("reason"), Fact("until")));

        string? Fact(string name) => told.Data.GetProperty("facts").GetProperty(name).GetString();
    }

    [Fact]
    public async Task What_came_while_a_client_was_away_comes_first_and_once()
    {
        await TellAsync("live-away", 1);
        string id;
        using (var before = await OpenAsync("live-away"))
        {
            await TellAsync("live-away", 2);
            id = (await before.NextAsync())!.Id;
        }
        await TellAsync("live-away", 3);
        await TellAsync("live-away", 4);

        using var after = await EventReader.OpenAsync(_server, _server.Token("service", "live-away"), id);
        Assert.Equal("text 3", (await after.NextAsync())!["text"]);
        Assert.Equal("text 4", (await after.NextAsync())!["text"]);
        Assert.Equal("4", (await after.NextAsync())!["unread"]);
        await TellAsync("live-away", 5);
        Assert.Equal(("n5", "text 5"), ((await after.NextAsync())!.Id, "text 5"));
    }

    [Fact]
    public async Task What_one_device_has_read_the_others_hear_of()
    {
        await TellAsync("live-read", 1);
        using var events = await OpenAsync("live-read");
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("service", "live-read"));

        await socket.SayAsync("""{"type":"read","ids":[1]}""");
        var unread = (await events.NextAsync())!;
        Assert.Equal(("n1", "unread", "0"), (unread.Id, unread.Type, unread["unread"]));
    }

    [Fact]
    public async Task Nobody_hears_what_another_person_is_told()
    {
        using var events = await OpenAsync("live-curious");
        await TellAsync("live-other", 1);
        await TellAsync("live-curious", 1);

        Assert.Equal("n1", (await events.NextAsync())!.Id);
    }

    [Fact]
    public async Task A_host_with_followed_grains_stops_as_quickly_as_without()
    {
        await using var server = await ApiServer.Start();
        using var events = await EventReader.OpenAsync(server, server.Token("service", "followed"));
        Assert.Equal("unread", (await events.NextAsync())!.Type);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await server.App.StopAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal("stopping", (await events.NextAsync())!["reason"]);
    }

    [Fact]
    public async Task A_client_that_was_cut_off_before_the_count_of_unread_gets_no_notification_twice()
    {
        await TellAsync("live-cut", 1);
        string id;
        using (var first = await EventReader.OpenAsync(_server, _server.Token("service", "live-cut"), "n0"))
        {
            id = (await first.NextAsync())!.Id;
        }
        Assert.Equal("n0-1", id);
        await TellAsync("live-cut", 2);

        using var again = await EventReader.OpenAsync(_server, _server.Token("service", "live-cut"), id);
        Assert.Equal("text 2", (await again.NextAsync())!["text"]);
        Assert.Equal("2", (await again.NextAsync())!["unread"]);
    }

    /// <summary>A new connection, after the count of unread notifications that each begins with.</summary>
    private async Task<EventReader> OpenAsync(string person)
    {
        var events = await EventReader.OpenAsync(_server, _server.Token("service", person));
        Assert.Equal("unread", (await events.NextAsync())!.Type);
        return events;
    }

    private Task TellAsync(string person, long number) =>
        _server
            .Service<IGrainFactory>()
            .GetGrain<INotificationInboxGrain>($"service:{person}")
            .Receive(
                new Delivery("mood/somebody", number),
                new Notification("mood_reset", $"text {number}", TimeProvider.System.GetUtcNow())
            );
}
