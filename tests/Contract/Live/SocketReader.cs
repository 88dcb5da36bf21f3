using System.Net.WebSockets;
using System.Text;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Live;

/// <summary>A WebSocket as a browser opens it: the token is a subprotocol.</summary>
internal sealed class SocketReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ClientWebSocket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];

    private SocketReader(ClientWebSocket socket) => _socket = socket;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? Subprotocol => _socket.SubProtocol;

    public static async Task<SocketReader> OpenAsync(ApiServer server, string token, string? lastEventId = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("bearer");
        socket.Options.AddSubProtocol(token);
        var query = lastEventId is null ? "" : $"?lastEventId={lastEventId}";
        await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/api/v1/ws{query}"), CancellationToken.None);
        var reader = new SocketReader(socket);
        Assert.Equal("ready", (await reader.NextAsync())!.Type);
        return reader;
    }

    public Task SayAsync(string text) => SayAsync(Encoding.UTF8.GetBytes(text));

    public Task SayAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isLast = true) =>
        _socket.SendAsync(bytes, type, isLast, CancellationToken.None);

    public Task CloseAsync() =>
        _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).WaitAsync(Patience);

    /// <summary>The next envelope; null when the server has closed.</summary>
    public async Task<Envelope?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var received = await _socket.ReceiveAsync(_buffer, patience.Token);
        Assert.True(received.EndOfMessage);
        return received.MessageType == WebSocketMessageType.Close
            ? null
            : Envelope.Parse(Encoding.UTF8.GetString(_buffer.AsSpan(0, received.Count)));
    }

    /// <summary>The next envelope of a type; others are passed over.</summary>
    public async Task<Envelope> FindAsync(string type)
    {
        while (true)
        {
            var next = await NextAsync();
            Assert.NotNull(next);
            if (next.Type == type)
            {
                return next;
            }
        }
    }

    /// <summary>How the server closes, after whatever it still had to tell.</summary>
    public async Task<WebSocketCloseStatus?> EndAsync()
    {
        while (await NextAsync() is not null)
        {
            // Not what this is about.
        }
        return CloseStatus;
    }

    public void Dispose() => _socket.Dispose();
}
