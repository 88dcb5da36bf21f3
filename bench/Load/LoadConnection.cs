using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Actors.Bench.Load;

/// <summary>What drives connections: it is told of every answer and says what to send next.</summary>
internal interface ILoad
{
    /// <returns>The next request; empty to leave the connection idle.</returns>
    LoadRequest Answered(LoadConnection connection, int status, long answeredAt);

    void Failed(LoadConnection connection, Exception fault);
}

/// <param name="Bytes">The whole request as it goes over the wire.</param>
/// <param name="DueAt">The timestamp from which its latency counts.</param>
/// <param name="Report">Where its answer is counted.</param>
internal readonly record struct LoadRequest(ReadOnlyMemory<byte> Bytes, long DueAt, LoadReport Report);

/// <summary>
/// One keep-alive connection with at most one request on its way. One system call to send and one or two to receive:
/// client and host share the processors, so what is spent here is missing there.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private const int BufferBytes = 4096;

    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly ILoad _load;
    private ResponseReader _response;

    private LoadConnection(Socket socket, ILoad load, int number)
    {
        _socket = socket;
        _load = load;
        Number = number;
        _receive.Completed += static (sender, received) => ((LoadConnection)received.UserToken!).Continue();
        _receive.UserToken = this;
    }

    public int Number { get; }

    /// <summary>The request on its way, or the last one that was.</summary>
    public LoadRequest Request { get; private set; }

    public static async Task<LoadConnection> OpenAsync(IPEndPoint endPoint, ILoad load, int number)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint);
            return new LoadConnection(socket, load, number);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends on an idle connection.</summary>
    public void Begin(LoadRequest request)
    {
        try
        {
            Send(request);
            if (!ReceiveMore())
            {
                Continue();
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            _load.Failed(this, fault);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    private void Continue()
    {
        try
        {
            do
            {
                if (!TakeReceived())
                {
                    return;
                }
            } while (!ReceiveMore());
        }
        catch (Exception fault) when (fault is SocketException or InvalidDataException or ObjectDisposedException)
        {
            _load.Failed(this, fault);
        }
    }

    /// <summary>False when the connection is idle now.</summary>
    private bool TakeReceived()
    {
        if (_receive.SocketError != SocketError.Success)
        {
            throw new SocketException((int)_receive.SocketError);
        }
        if (_receive.BytesTransferred == 0)
        {
            throw new InvalidDataException("The host closed the connection before it answered.");
        }
        if (!_response.Take(_buffer, _receive.BytesTransferred))
        {
            return true;
        }
        var next = _load.Answered(this, _response.Status, Stopwatch.GetTimestamp());
        if (next.Bytes.IsEmpty)
        {
            return false;
        }
        Send(next);
        return true;
    }

    private void Send(LoadRequest request)
    {
        Request = request;
        _response.Begin();
        var left = request.Bytes.Span;
        while (!left.IsEmpty)
        {
            left = left[_socket.Send(left)..];
        }
    }

    /// <summary>False when bytes are there already.</summary>
    private bool ReceiveMore()
    {
        _receive.SetBuffer(_buffer, _response.Offset, BufferBytes - _response.Offset);
        return _socket.ReceiveAsync(_receive);
    }
}
