using Actors.Contract.Tests.Live;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Conversations;
using Actors.Journal;
using Actors.TestKit;

namespace Actors.Contract.Tests.Conversations;

/// <summary>Who is there and who is writing, over server-sent events and over a WebSocket.</summary>
[Trait("Spec", "CH-3")]
public sealed class PresenceFeedTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task Each_side_sees_the_other_write_and_nothing_of_it_is_stored()
    {
        var (model, user) = await BeginAsync("type-m", "type-u");
        using var events = await EventReader.OpenAsync(_server, _server.Token("user", "type-u"));
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("model", "type-m"));
        // The message, the greeting, and that nobody answers for the model.
        await Eventually.TrueAsync(async () => await VersionAsync("conversation/model.type-m.type-u") == 3);
        await Eventually.TrueAsync(async () => await ListsAsync() == (2, 2));

        (await user.Post("/api/v1/conversations/type-m/typing")).ShouldBe(204);
        var typing = await socket.FindAsync("typing");
        (await model.Post("/api/v1/conversations/type-u/typing")).ShouldBe(204);
        var answering = await events.FindAsync("typing");

        Assert.Equal(("type-u", "type-m"), (typing["peerId"], answering["peerId"]));
        var lasts = typing.Data.GetProperty("until").GetDateTimeOffset() - typing.At;
        Assert.InRange(lasts, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        Assert.Equal(3, await VersionAsync("conversation/model.type-m.type-u"));
        Assert.Equal((2, 2), await ListsAsync());
        Assert.Equal(0, await VersionAsync("presence/type-m"));
        Assert.Equal(0, await VersionAsync("presence/type-u"));

        async Task<(long, long)> ListsAsync() =>
            (await VersionAsync("conversation-list/type-m"), await VersionAsync("conversation-list/type-u"));
    }

    [Fact]
    public async Task Who_writes_on_is_told_of_once_and_a_client_resumes_as_if_nothing_had_passed()
    {
        var (model, user) = await BeginAsync("flood-m", "flood-u");
        using var before = await EventReader.OpenAsync(_server, _server.Token("model", "flood-m"));
        for (var time = 0; time < 10; time++)
        {
            (await user.Post("/api/v1/conversations/flood-m/typing")).ShouldBe(204);
        }
        await SendAsync(user, "flood-m", "done");

        var typed = 0;
        Envelope? done = null;
        while (done is null || typed == 0)
        {
            var next = (await before.NextAsync())!;
            typed += next.Type == "typing" ? 1 : 0;
            done = next.Type == "message" && next["content"] == "done" ? next : done;
        }
        Assert.InRange(typed, 1, 5);
        await SendAsync(user, "flood-m", "and on");
        using var after = await EventReader.OpenAsync(_server, _server.Token("model", "flood-m"), done.Id);
        Assert.Equal("and on", (await after.FindAsync("message"))["content"]);
        Assert.NotNull(model);
    }

    [Fact]
    public async Task Who_comes_and_goes_is_seen_live_and_in_the_list_of_conversations()
    {
        var (model, user) = await BeginAsync("here-m", "here-u");
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("user", "here-u"));
        Assert.False(await IsOnlineAsync(user, "here-m"));

        using (await EventReader.OpenAsync(_server, _server.Token("model", "here-m")))
        {
            var came = await socket.FindAsync("presence");
            Assert.Equal(("here-m", "True"), (came["peerId"], came["online"]));
            Assert.True(await IsOnlineAsync(user, "here-m"));
            Assert.True(await IsOnlineAsync(model, "here-u"));
        }

        var left = await socket.FindAsync("presence");
        Assert.Equal(("here-m", "False"), (left["peerId"], left["online"]));
        Assert.False(await IsOnlineAsync(user, "here-m"));
    }

    [Fact]
    public async Task A_connection_that_is_older_than_the_conversation_sees_the_other_side_too()
    {
        await _server.Model("new-m");
        var user = await _server.User("new-u");
        using var events = await EventReader.OpenAsync(_server, _server.Token("model", "new-m"));
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("user", "new-u"));

        await SendAsync(user, "new-m", "hello");

        Assert.Equal("new-u", (await events.FindAsync("presence"))["peerId"]);
        Assert.Equal("new-m", (await socket.FindAsync("presence"))["peerId"]);
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task A_blocked_side_learns_nothing_until_it_is_taken_back()
    {
        var (model, user) = await BeginAsync("shut-m", "shut-u");
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("user", "shut-u"));
        var there = await EventReader.OpenAsync(_server, _server.Token("model", "shut-m"));
        Assert.Equal("True", (await socket.FindAsync("presence"))["online"]);

        (await model.Post("/api/v1/conversations/shut-u/block")).ShouldBe(200);

        // The same as if she had gone.
        Assert.Equal("False", (await socket.FindAsync("presence"))["online"]);
        Assert.False(await IsOnlineAsync(user, "shut-m"));
        Assert.False(await IsOnlineAsync(model, "shut-u"));
        (await user.Post("/api/v1/conversations/shut-m/typing")).ShouldRefuse(403, "CONVERSATION_BLOCKED");
        (await model.Post("/api/v1/conversations/shut-u/typing")).ShouldRefuse(403, "CONVERSATION_BLOCKED");
        there.Dispose();
        var presence = _server.Service<IGrainFactory>().GetGrain<IPresenceGrain>("shut-m");
        await Eventually.TrueAsync(async () => !await presence.IsOnline());
        using var again = await EventReader.OpenAsync(_server, _server.Token("model", "shut-m"));
        Assert.True(await presence.IsOnline());
        (await model.Send(HttpMethod.Delete, "/api/v1/conversations/shut-u/block")).ShouldBe(200);
        // Nothing of the going and coming in between.
        Assert.Equal("True", (await socket.FindAsync("presence"))["online"]);
    }

    [Fact, Trait("Spec", "ID-1")]
    public async Task Nobody_writes_where_nothing_was_said()
    {
        var model = await _server.Model("quiet-m");
        var user = await _server.User("quiet-u");

        (await user.Post("/api/v1/conversations/quiet-m/typing")).ShouldRefuse(404, "CONVERSATION_NOT_FOUND");
        (await model.Post("/api/v1/conversations/quiet-u/typing")).ShouldRefuse(404, "CONVERSATION_NOT_FOUND");
        (await user.Post("/api/v1/conversations/no.body/typing")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await _server.As("admin").Post("/api/v1/conversations/quiet-m/typing")).ShouldBe(403);
    }

    private async Task<(ApiClient Model, ApiClient User)> BeginAsync(string modelId, string userId)
    {
        var model = await _server.Model(modelId);
        var user = await _server.User(userId);
        await SendAsync(user, modelId, "hello");
        // A new connection looks at what the list has.
        await Eventually.TrueAsync(async () => await FindAsync(user, modelId) && await FindAsync(model, userId));
        return (model, user);
    }

    private static async Task<bool> FindAsync(ApiClient client, string peerId) =>
        (await client.Get("/api/v1/conversations")).Text.Contains($"\"peerId\":\"{peerId}\"", StringComparison.Ordinal);

    private static async Task SendAsync(ApiClient client, string peerId, string content) =>
        (await client.Post($"/api/v1/conversations/{peerId}/messages", $$"""{"content":"{{content}}"}""")).ShouldBe(
            201
        );

    private static async Task<bool> IsOnlineAsync(ApiClient client, string peerId) =>
        (await client.Get("/api/v1/conversations"))
            .ShouldBe(200)
            .Json.GetProperty("conversations")
            .EnumerateArray()
            .Single(one => one.GetProperty("peerId").GetString() == peerId)
            .GetProperty("online")
            .GetBoolean();

    private async Task<long> VersionAsync(string stream) =>
        (await _server.Service<IJournal>().ReadHeadAsync(StreamId.Parse(stream))).Version;
}
