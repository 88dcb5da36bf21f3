using Actors.ApiHost.Live;
using Actors.ApiHost.Tests.Live;
using Actors.Contract.Tests.Server;
using Actors.Hosting.Metrics;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Contract.Tests.Live;

/// <summary>What holds for every stream, over real sockets, with one that the test writes.</summary>
[Trait("Spec", "CH-3")]
public sealed class LiveContractTests : IAsyncLifetime
{
    private readonly ScriptedStream _stream = new('s');
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StartAsync(_stream);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_happens_arrives_at_once_and_is_not_kept_by_anything_in_between()
    {
        using var events = await EventReader.OpenAsync(_server, _server.Token("user"));
        var headers = events.Response.Headers;
        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", headers.CacheControl!.ToString());
        Assert.Equal("no", headers.GetValues("X-Accel-Buffering").Single());

        _stream.Add("one");
        _stream.Add("two");
        var first = (await events.NextAsync())!;
        Assert.Equal(("s1", "text", "one"), (first.Id, first.Type, first["text"]));
        Assert.Equal("s2", (await events.NextAsync())!.Id);
    }

    [Fact]
    public async Task A_client_that_was_away_resumes_without_a_gap_and_without_doubles()
    {
        var token = _server.Token("user");
        string seen;
        using (var before = await EventReader.OpenAsync(_server, token))
        {
            _stream.Add("1");
            _stream.Add("2a", "2b");
            await before.NextAsync();
            seen = (await before.NextAsync())!.Id;
        }
        Assert.Equal("s1-1", seen);
        _stream.Add("3");

        using var after = await EventReader.OpenAsync(_server, token, seen);
        _stream.Add("4");
        foreach (var text in new[] { "2b", "3", "4" })
        {
            Assert.Equal(text, (await after.NextAsync())!["text"]);
        }
    }

    [Fact]
    public async Task A_browser_may_name_the_position_in_the_address_and_later_in_the_header()
    {
        _stream.Add("1");
        _stream.Add("2");
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("user"), "s0");
        Assert.Equal("1", (await socket.NextAsync())!["text"]);
        Assert.Equal("2", (await socket.NextAsync())!["text"]);

        var answer = await _server
            .As("user")
            .Send(
                HttpMethod.Get,
                "/api/v1/events?lastEventId=s0",
                change: static request => request.Headers.Add("Last-Event-ID", "x")
            );
        answer.ShouldRefuse(400, "INVALID_EVENT_ID");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("s01")]
    [InlineData("s1.s1")]
    [InlineData("z1")]
    [InlineData("s99")]
    [InlineData("")]
    public async Task A_position_that_no_client_can_have_is_refused_and_takes_no_place(string id)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var events = await _server.As("user").Get($"/api/v1/events?lastEventId={id}");
            events.ShouldRefuse(400, "INVALID_EVENT_ID");
        }
        using var open = await EventReader.OpenAsync(_server, _server.Token("user"));
    }

    [Fact]
    public async Task Two_connections_of_one_person_both_get_everything()
    {
        using var events = await EventReader.OpenAsync(_server, _server.Token("user", "bo"));
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("user", "bo"));
        _stream.Add("both");

        Assert.Equal("both", (await events.NextAsync())!["text"]);
        Assert.Equal("both", (await socket.NextAsync())!["text"]);
    }

    [Fact]
    public async Task A_person_has_a_number_of_connections_and_an_ended_one_counts_no_more()
    {
        var first = await EventReader.OpenAsync(_server, _server.Token("user", "bo"));
        using var second = await SocketReader.OpenAsync(_server, _server.Token("user", "bo"));
        using var third = await EventReader.OpenAsync(_server, _server.Token("user", "bo"));

        (await _server.As("user", "bo").Get("/api/v1/events")).ShouldRefuse(429, "TOO_MANY_CONNECTIONS");
        using var other = await EventReader.OpenAsync(_server, _server.Token("user", "cleo"));
        first.Dispose();
        await Eventually.TrueAsync(async () =>
        {
            var answer = await _server.As("user", "bo").Get("/api/v1/events?lastEventId=z1");
            return answer.Error == "INVALID_EVENT_ID";
        });
    }

    [Fact]
    public async Task Without_a_token_or_with_a_bad_one_there_is_no_stream_and_the_address_is_no_place_for_one()
    {
        var token = _server.Token("user");
        var nobody = _server.AsNobody();
        (await nobody.Get("/api/v1/events")).ShouldRefuse(401, "UNAUTHORIZED");
        (await nobody.Get($"/api/v1/events?access_token={token}&token={token}")).ShouldRefuse(401, "UNAUTHORIZED");
        (await nobody.Get($"/api/v1/ws?access_token={token}&token={token}")).ShouldRefuse(401, "UNAUTHORIZED");
        (await WithSubprotocols("/api/v1/events", $"bearer, {token}")).ShouldRefuse(401, "UNAUTHORIZED");
        (await WithSubprotocols("/api/v1/ws", token)).ShouldRefuse(401, "UNAUTHORIZED");
        (await WithSubprotocols("/api/v1/ws", $"other, {token}")).ShouldRefuse(401, "UNAUTHORIZED");
        (await WithSubprotocols("/api/v1/ws", "bearer, nonsense")).ShouldRefuse(401, "TOKEN_INVALID");
        var expired = _server.Token("user", lifetime: TimeSpan.FromMinutes(-2));
        (await WithSubprotocols("/api/v1/ws", $"bearer, {expired}")).ShouldRefuse(401, "TOKEN_EXPIRED");
        var plain = (await WithSubprotocols("/api/v1/ws", $"bearer, {token}")).ShouldRefuse(426, "WEBSOCKET_REQUIRED");
        Assert.Equal("websocket", plain.Headers["Upgrade"]);
    }

    [Fact]
    public async Task The_token_is_not_said_back_by_the_socket()
    {
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("user"));
        Assert.Equal("bearer", socket.Subprotocol);
    }

    [Fact]
    public async Task A_stream_ends_with_the_token_that_opened_it()
    {
        // A token can be used for a minute longer than it says, for clocks that are off.
        var token = _server.Token("user", lifetime: TimeSpan.FromSeconds(-58));
        using var events = await EventReader.OpenAsync(_server, token);
        using var socket = await SocketReader.OpenAsync(_server, token);

        Assert.Equal("token_expired", (await events.NextAsync())!["reason"]);
        Assert.Null(await events.NextAsync());
        Assert.Equal("token_expired", (await socket.NextAsync())!["reason"]);
        Assert.Null(await socket.NextAsync());
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
    }

    [Fact]
    public async Task A_stop_ends_every_stream_at_once_and_does_not_wait_for_the_clients()
    {
        await using var server = await StartAsync(new ScriptedStream('s'));
        using var events = await EventReader.OpenAsync(server, server.Token("user"));
        using var socket = await SocketReader.OpenAsync(server, server.Token("user"));
        using var silent = await SocketReader.OpenAsync(server, server.Token("user", "silent"));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var stopping = server.App.StopAsync();
        Assert.Equal("stopping", (await events.NextAsync())!["reason"]);
        Assert.Null(await events.NextAsync());
        Assert.Equal("stopping", (await socket.NextAsync())!["reason"]);
        Assert.Null(await socket.NextAsync());
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
        await stopping;
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_switched_off_feed_opens_no_stream()
    {
        await using var server = await StartAsync(new ScriptedStream('s'));
        (await server.As("admin", "root").Put("/api/v1/admin/features/live", """{"enabled":false}""")).ShouldBe(200);

        (await server.As("user").Get("/api/v1/events")).ShouldRefuse(404, "FEATURE_DISABLED");
    }

    [Fact]
    public async Task A_client_that_goes_away_frees_its_place_also_without_a_goodbye()
    {
        var connections = _server.Service<LiveConnections>();
        using (await SocketReader.OpenAsync(_server, _server.Token("user", "gone")))
        using (await EventReader.OpenAsync(_server, _server.Token("user", "gone")))
        {
            using var third = connections.TryOpen("gone", "sse");
            Assert.NotNull(third);
            Assert.Null(connections.TryOpen("gone", "sse"));
        }
        List<IDisposable?> places = [];
        await Eventually.TrueAsync(() =>
        {
            places.Add(connections.TryOpen("gone", "sse"));
            return places.Count(static place => place is not null) == 3;
        });
        places.ForEach(static place => place?.Dispose());
    }

    [Fact]
    public async Task A_stream_that_has_ended_counts_as_no_slow_request()
    {
        var windows = _server.Service<TrafficWindows>();
        using (await EventReader.OpenAsync(_server, _server.Token("user", "metered")))
        using (var socket = await SocketReader.OpenAsync(_server, _server.Token("user", "metered")))
        {
            var open = await _server.As("admin", "root").Get("/metrics");
            Assert.Contains("actors_live_connections{transport=\"sse\"} 1", open.Text, StringComparison.Ordinal);
            await socket.CloseAsync();
        }
        await Eventually.TrueAsync(async () =>
        {
            var text = (await _server.As("admin", "root").Get("/metrics")).Text;
            return text.Contains("actors_live_connections{transport=\"sse\"} 0", StringComparison.Ordinal)
                && text.Contains("actors_live_connections{transport=\"websocket\"} 0", StringComparison.Ordinal);
        });
        Assert.Equal(0, windows.Requests.Total());
        (await _server.AsNobody().Get("/api/v1/events")).ShouldBe(401);
        await Eventually.TrueAsync(() => windows.Requests.Total() == 1);
    }

    private static Task<ApiServer> StartAsync(ScriptedStream stream) =>
        ApiServer.Start(
            ["--Live:ConnectionsPerPerson=3"],
            builder =>
            {
                builder.Services.RemoveAll<ILiveStream>();
                builder.Services.AddSingleton<ILiveStream>(stream);
            }
        );

    private Task<Answer> WithSubprotocols(string path, string protocols) =>
        _server
            .AsNobody()
            .Send(
                HttpMethod.Get,
                path,
                change: request => request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", protocols)
            );
}
