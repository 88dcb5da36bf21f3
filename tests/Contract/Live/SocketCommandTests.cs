using System.Net.WebSockets;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Notifications;

namespace Actors.Contract.Tests.Live;

/// <summary>What a client says over its WebSocket.</summary>
[Trait("Spec", "CH-3")]
public sealed class SocketCommandTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task A_client_says_what_it_has_read()
    {
        await TellAsync("reads", 3);
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("service", "reads"));

        await socket.SayAsync("""{"type":"read","ids":[1,3]}""");
        Assert.Equal("1", (await AnswerAsync(socket, "read"))["unread"]);
        await socket.SayAsync("""{"type":"read","all":true}""");
        Assert.Equal("0", (await AnswerAsync(socket, "read"))["unread"]);
        Assert.Equal("0", (await _server.As("service", "reads").Get("/api/v1/notifications"))["unread"]);
    }

    [Theory]
    [InlineData("", "INVALID_REQUEST")]
    [InlineData("nonsense", "INVALID_REQUEST")]
    [InlineData("null", "INVALID_REQUEST")]
    [InlineData("[]", "INVALID_REQUEST")]
    [InlineData("{}", "INVALID_REQUEST")]
    [InlineData("""{"type":"write"}""", "INVALID_REQUEST")]
    [InlineData("""{"type":"read","ids":["1"]}""", "INVALID_REQUEST")]
    [InlineData("""{"type":"read","type":"read","all":true}""", "INVALID_REQUEST")]
    [InlineData("""{"type":"read"}""", "INVALID_NOTIFICATION_IDS")]
    [InlineData("""{"type":"read","ids":[]}""", "INVALID_NOTIFICATION_IDS")]
    [InlineData("""{"type":"read","ids":[0]}""", "INVALID_NOTIFICATION_IDS")]
    [InlineData("""{"type":"read","ids":[1],"all":true}""", "INVALID_NOTIFICATION_IDS")]
    public async Task A_bad_command_is_an_error_and_the_connection_goes_on(string command, string code)
    {
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("service", "mistakes"));

        await socket.SayAsync(command);
        Assert.Equal(code, (await AnswerAsync(socket, "error"))["error"]);
        await socket.SayAsync("""{"type":"read","all":true}""");
        await AnswerAsync(socket, "read");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_error_or_the_end_and_never_a_fault()
    {
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("service", "binary"));
        await socket.SayAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await socket.EndAsync());
    }

    [Theory]
    [InlineData(8 * 1024, true)]
    [InlineData((8 * 1024) + 1, false)]
    [InlineData(300_000, false)]
    public async Task A_command_has_at_most_8_KB(int length, bool isTaken)
    {
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("service", $"long{length}"));
        const string command = """{"type":"read","all":true}""";

        await socket.SayAsync(command.PadRight(length));

        if (isTaken)
        {
            await AnswerAsync(socket, "read");
            return;
        }
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await socket.EndAsync());
    }

    [Fact]
    public async Task A_command_in_pieces_is_bounded_as_a_whole()
    {
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("service", "pieces"));
        for (var piece = 0; piece < 9; piece++)
        {
            await socket.SayAsync(new byte[1024], isLast: false);
        }
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await socket.EndAsync());
    }

    [Fact]
    public async Task Commands_count_against_the_request_limit_of_their_caller()
    {
        await using var server = await ApiServer.Start(["--Limits:RequestsPerMinute=3"]);
        using var socket = await SocketReader.OpenAsync(server, server.Token("service", "hasty"));
        for (var command = 0; command < 2; command++)
        {
            await socket.SayAsync("""{"type":"read","all":true}""");
            await AnswerAsync(socket, "read");
        }
        await socket.SayAsync("""{"type":"read","all":true}""");
        Assert.Equal("TOO_MANY_REQUESTS", (await AnswerAsync(socket, "error"))["error"]);
    }

    [Fact, Trait("Spec", "SE-1")]
    public async Task A_socket_that_floods_is_closed()
    {
        await using var server = await ApiServer.Start(["--Limits:RequestsPerMinute=3"]);
        using var socket = await SocketReader.OpenAsync(server, server.Token("service", "flood"));
        for (var command = 0; command < 20; command++)
        {
            await socket.SayAsync("""{"type":"read","all":true}""");
        }
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await socket.EndAsync());
    }

    [Fact, Trait("Spec", "SE-1")]
    public async Task So_is_one_whose_command_comes_in_pieces_without_end()
    {
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("service", "endless"));
        for (var piece = 0; piece < 64; piece++)
        {
            await socket.SayAsync([], isLast: false);
        }
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await socket.EndAsync());
    }

    [Fact]
    public async Task A_goodbye_is_answered()
    {
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("service", "polite"));
        await socket.CloseAsync();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    private async Task TellAsync(string person, int count)
    {
        var inbox = _server.Service<IGrainFactory>().GetGrain<INotificationInboxGrain>($"service:{person}");
        for (var number = 1; number <= count; number++)
        {
            var told = new Notification("mood_reset", $"text {number}", TimeProvider.System.GetUtcNow());
            await inbox.Receive(new Delivery("mood/somebody", number), told);
        }
    }

    /// <summary>Answers come between what the feed tells.</summary>
    private static async Task<Envelope> AnswerAsync(SocketReader socket, string type)
    {
        while (true)
        {
            var envelope = await socket.NextAsync();
            Assert.NotNull(envelope);
            if (envelope.Type is not ("notification" or "unread"))
            {
                Assert.Equal(type, envelope.Type);
                return envelope;
            }
        }
    }
}
