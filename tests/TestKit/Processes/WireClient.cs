using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Actors.TestKit.Processes;

/// <summary>
/// One keep-alive connection that sends exactly what it is told and repeats nothing: a client that mends requests or
/// retries by itself would blur what was sent and what was acknowledged.
/// </summary>
public sealed class WireClient : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };
    private byte[] _buffer = new byte[16 * 1024];

    private WireClient() { }

    /// <summary>When the last bytes were handed to the system; 0 while a send is under way or has failed.</summary>
    public long SentAt { get; private set; }

    public static async Task<WireClient> ConnectAsync(IPEndPoint endPoint)
    {
        var client = new WireClient();
        try
        {
            await client._socket.ConnectAsync(endPoint);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends a well-formed request and waits for its answer.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="EndOfStreamException">The connection was closed before the answer was complete.</exception>
    public async Task<WireAnswer> SendAsync(string method, string path, string token, string body = "")
    {
        var length = Encoding.UTF8.GetByteCount(body);
        await SendAsync(Encoding.UTF8.GetBytes(Head(method, path, token, length) + body));
        return await AnswerAsync();
    }

    public static string Head(string method, string path, string token, int bodyLength) =>
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        + $"Content-Type: application/json\r\nContent-Length: {bodyLength}\r\n\r\n";

    /// <summary>Sends bytes as they are, whole requests or parts of them.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        SentAt = 0;
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
        SentAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Reads one answer that announces its length.</summary>
    public async Task<WireAnswer> AnswerAsync()
    {
        using var giveUp = new CancellationTokenSource(AnswerWithin);
        var filled = 0;
        int end;
        while ((end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += await ReceiveAsync(filled, giveUp.Token);
        }
        var head = Encoding.ASCII.GetString(_buffer, 0, end + 2);
        var whole = end + 4 + LengthOf(head);
        while (filled < whole)
        {
            filled += await ReceiveAsync(filled, giveUp.Token);
        }
        var status = (HttpStatusCode)int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        return new WireAnswer(status, head, Encoding.UTF8.GetString(_buffer, end + 4, whole - end - 4));
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReceiveAsync(int offset, CancellationToken cancellation)
    {
        if (offset == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * offset);
        }
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(offset), cancellation);
        return received > 0 ? received : throw new EndOfStreamException("The host closed the connection.");
    }

    private static int LengthOf(string head) =>
        WireAnswer.Header(head, "Content-Length") is { } length
            ? int.Parse(length, CultureInfo.InvariantCulture)
            : throw new InvalidDataException($"The answer announces no length:\n{head}");
}

/// <param name="Head">Status line and headers, each with its line end.</param>
public sealed record WireAnswer(HttpStatusCode Status, string Head, string Body)
{
    public string? this[string header] => Header(Head, header);

    internal static string? Header(string head, string name)
    {
        var start = head.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }
        var value = head[(start + name.Length + 4)..];
        return value[..value.IndexOf('\r', StringComparison.Ordinal)];
    }
}
