using Actors.Contract.Tests.Live;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Conversations;

/// <summary>Two clients in one conversation, one over server-sent events and one over a WebSocket.</summary>
[Trait("Spec", "CH-3")]
public sealed class ConversationFeedTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task Messages_changes_and_receipts_reach_both_sides_at_once()
    {
        var model = await _server.Model("feed-m");
        var user = await _server.User("feed-u");
        using var events = await EventReader.OpenAsync(_server, _server.Token("user", "feed-u"));
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("model", "feed-m"));

        var sent = await user.Post("/api/v1/conversations/feed-m/messages", """{"content":"hello"}""");
        var id = sent.ShouldBe(201)["id"];

        var heard = await socket.FindAsync("message");
        Assert.Equal((id, "hello"), (heard["id"], heard["content"]));
        await model.Put("/api/v1/conversations/feed-u/messages", """{"markAllAsRead":true}""");
        var read = await events.FindAsync("messages_read");
        Assert.Equal(("feed-m", "peer"), (read["peerId"], read["by"]));
        await user.Send(HttpMethod.Patch, $"/api/v1/conversations/feed-m/messages/{id}", """{"content":"hi"}""");
        Assert.Equal("hi", (await socket.FindAsync("message_edited"))["content"]);
        await user.Send(HttpMethod.Delete, $"/api/v1/conversations/feed-m/messages?messageId={id}");
        Assert.Equal("", (await socket.FindAsync("message_deleted"))["content"]);
    }

    [Fact]
    public async Task A_client_that_was_away_gets_every_message_once_and_in_order()
    {
        await _server.Model("away-m");
        var user = await _server.User("away-u");
        string id;
        using (var before = await EventReader.OpenAsync(_server, _server.Token("model", "away-m")))
        {
            await user.Post("/api/v1/conversations/away-m/messages", """{"content":"0"}""");
            id = (await before.FindAsync("message")).Id;
        }
        for (var number = 1; number <= 20; number++)
        {
            await user.Post("/api/v1/conversations/away-m/messages", $$"""{"content":"{{number}}"}""");
        }

        using var after = await EventReader.OpenAsync(_server, _server.Token("model", "away-m"), id);
        var heard = new List<string?>();
        while (heard.Count < 20)
        {
            var envelope = await after.FindAsync("message");
            if (envelope["sender"] == "user")
            {
                heard.Add(envelope["content"]);
            }
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(static one => $"{one}"), heard);
    }
}
