using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Actors.Contract.Tests.Server;

/// <summary>HTTP by hand: for requests that no client would send, and for many of them at little cost.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    public static async Task<RawConnection> To(ApiServer server)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(server.Address.Host, server.Address.Port);
        return connection;
    }

    /// <returns>False when the other side has closed.</returns>
    public async Task<bool> Send(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes)..];
            }
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The next answer; null when the other side has closed.</summary>
    public async Task<RawAnswer?> Receive()
    {
        while (true)
        {
            if (TryParse() is { } answer)
            {
                return answer;
            }
            if (!await Fill())
            {
                return null;
            }
        }
    }

    public void FinishSending()
    {
        if (_socket.Connected)
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> Fill()
    {
        if (_end == _buffer.Length)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }
        try
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
            _end += read;
            return read > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private RawAnswer? TryParse()
    {
        var unread = _buffer.AsSpan(_start, _end - _start);
        var headEnd = unread.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return null;
        }
        var head = Encoding.ASCII.GetString(unread[..headEnd]);
        var length = Header(head, "Content-Length") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var total = headEnd + 4 + length;
        if (unread.Length < total)
        {
            return null;
        }
        var body = Encoding.UTF8.GetString(unread.Slice(headEnd + 4, length));
        _start += total;
        return new RawAnswer(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, body);
    }

    private static string? Header(string head, string name)
    {
        var at = head.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }
        var value = head.AsSpan(at + name.Length + 4);
        var end = value.IndexOf('\r');
        return (end < 0 ? value : value[..end]).ToString();
    }
}

public sealed record RawAnswer(int Status, string Head, string Body)
{
    public bool IsProblem => Head.Contains("Content-Type: application/problem+json", StringComparison.Ordinal);
}
