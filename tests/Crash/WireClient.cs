using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Actors.Crash.Tests;

/// <summary>
/// One keep-alive connection that sends exactly what it is told and repeats nothing: a client that retries by itself would
/// blur what was acknowledged.
/// </summary>
internal sealed class WireClient : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>When the last byte of the newest request was handed to the system; 0 while it has not been.</summary>
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

    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="EndOfStreamException">The connection was closed before the answer was complete.</exception>
    public async Task<WireAnswer> SendAsync(string method, string path, string token, string? json = null)
    {
        await BeginAsync(method, path, token, json ?? "", json?.Length ?? 0);
        return await AnswerAsync();
    }

    /// <summary>Sends a request of which the end may still be missing.</summary>
    public async Task BeginAsync(string method, string path, string token, string body, int announcedLength)
    {
        SentAt = 0;
        var head =
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {announcedLength}\r\n\r\n";
        await SendMoreAsync(head + body);
    }

    public async Task SendMoreAsync(string text)
    {
        await _socket.SendAsync(Encoding.ASCII.GetBytes(text));
        SentAt = Stopwatch.GetTimestamp();
    }

    public async Task<WireAnswer> AnswerAsync()
    {
        using var giveUp = new CancellationTokenSource(AnswerWithin);
        var filled = 0;
        int end;
        while ((end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += await ReceiveAsync(filled, giveUp.Token);
        }
        var head = Encoding.ASCII.GetString(_buffer, 0, end);
        var whole = end + 4 + LengthOf(head);
        while (filled < whole)
        {
            filled += await ReceiveAsync(filled, giveUp.Token);
        }
        var status = (HttpStatusCode)int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        return new WireAnswer(status, Encoding.UTF8.GetString(_buffer, end + 4, whole - end - 4));
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReceiveAsync(int offset, CancellationToken cancellation)
    {
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(offset), cancellation);
        return received > 0 ? received : throw new EndOfStreamException("The host closed the connection.");
    }

    private static int LengthOf(string head)
    {
        const string name = "\r\nContent-Length: ";
        var value = head.AsSpan(head.IndexOf(name, StringComparison.Ordinal) + name.Length);
        var lineEnd = value.IndexOf('\r');
        return int.Parse(lineEnd < 0 ? value : value[..lineEnd], CultureInfo.InvariantCulture);
    }
}

internal sealed record WireAnswer(HttpStatusCode Status, string Body);
