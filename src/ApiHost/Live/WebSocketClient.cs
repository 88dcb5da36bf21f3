using System.Buffers;
using System.Net.WebSockets;

namespace Actors.ApiHost.Live;

/// <summary>Envelopes as text messages; commands of the client as bounded ones.</summary>
internal sealed class WebSocketClient(WebSocket socket, TimeProvider time) : ILiveClient, IDisposable
{
    public const int MaxCommandBytes = 8 * 1024;

    private const int MaxPieces = 64;

    public static readonly TimeSpan GoodbyeAtMost = TimeSpan.FromSeconds(2);

    // The feed and answers to commands take turns: a socket sends one message at a time.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ArrayBufferWriter<byte> _message = new(1024);
    private readonly byte[] _command = new byte[MaxCommandBytes];

    public async Task SendAsync(string? id, LiveChange change, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            if (socket.State != WebSocketState.Open)
            {
                throw new OperationCanceledException();
            }
            _message.ResetWrittenCount();
            LiveMessages.Write(_message, id, change);
            await socket.SendAsync(_message.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, stop);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Nothing: the socket pings by itself, and ends when nobody answers.</summary>
    public Task BeatAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>The next command, valid until the next call; null when there will be no more.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken broken)
    {
        var length = 0;
        for (var pieces = 1; ; pieces++)
        {
            var received = await socket.ReceiveAsync(_command.AsMemory(length), broken);
            length += received.Count;
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure, "", broken);
                return null;
            }
            if (received.MessageType == WebSocketMessageType.Binary)
            {
                await CloseOutAsync(WebSocketCloseStatus.InvalidMessageType, "Commands are text.", broken);
                return null;
            }
            if (received.EndOfMessage)
            {
                return _command.AsMemory(0, length);
            }
            // Pieces may be empty, and so without end.
            if (length == _command.Length || pieces == MaxPieces)
            {
                await CloseOutAsync(
                    WebSocketCloseStatus.MessageTooBig,
                    "A command has at most 8 KB, in 64 pieces.",
                    broken
                );
                return null;
            }
        }
    }

    /// <summary>Ends a connection that does what it must not.</summary>
    public Task TurnOutAsync(string reason, CancellationToken broken) =>
        CloseOutAsync(WebSocketCloseStatus.PolicyViolation, reason, broken);

    /// <summary>Says why the connection ends, and ends it.</summary>
    public async Task EndAsync(string id, LiveEnd end, CancellationToken goodbye)
    {
        await SendAsync(id, LiveMessages.End(end, time.GetUtcNow()), goodbye);
        var status =
            end == LiveEnd.TokenExpired
                ? WebSocketCloseStatus.PolicyViolation
                : WebSocketCloseStatus.EndpointUnavailable;
        await CloseAsync(status, "", goodbye);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Hears the client out for a moment: a socket closed on unread bytes would take the reason with it.</summary>
    private async Task CloseOutAsync(WebSocketCloseStatus status, string reason, CancellationToken broken)
    {
        await CloseAsync(status, reason, broken);
        using var moment = new CancellationTokenSource(GoodbyeAtMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(broken, moment.Token);
        while ((await socket.ReceiveAsync(_command.AsMemory(), either.Token)).MessageType != WebSocketMessageType.Close)
        {
            // Whatever it is, it comes too late.
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string reason, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                // Without waiting for the client's own goodbye, which a stop has no time for.
                await socket.CloseOutputAsync(status, reason, stop);
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
