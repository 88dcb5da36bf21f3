using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Actors.Bench.Live;

/// <summary>
/// One stream of server-sent events that is only listened to: says when it has begun, and when it was told that somebody has come.
/// Client and host share the processors, so it looks for these words and at nothing else.
/// </summary>
internal sealed class Listener : IDisposable
{
    private const int BufferBytes = 2048;

    private static ReadOnlySpan<byte> Ready => "event: ready"u8;

    private static ReadOnlySpan<byte> Came => "\"online\":true"u8;

    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly Action<long> _came;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _kept;

    private Listener(Socket socket, Action<long> came)
    {
        (_socket, _came) = (socket, came);
        _receive.Completed += static (_, received) => ((Listener)received.UserToken!).Continue();
        _receive.UserToken = this;
    }

    /// <summary>Set when the host has ended the stream.</summary>
    public bool IsOver { get; private set; }

    /// <param name="came">Told the timestamp, on a thread of the sockets.</param>
    public static async Task<Listener> OpenAsync(IPEndPoint endPoint, ReadOnlyMemory<byte> request, Action<long> came)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint);
        var listener = new Listener(socket, came);
        await socket.SendAsync(request);
        listener.Begin();
        await listener._ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return listener;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    private void Begin()
    {
        if (!ReceiveMore())
        {
            Continue();
        }
    }

    private void Continue()
    {
        try
        {
            do
            {
                if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
                {
                    End(_receive.SocketError.ToString());
                    return;
                }
                Take(_kept + _receive.BytesTransferred);
            } while (!ReceiveMore());
        }
        catch (ObjectDisposedException)
        {
            End("disposed");
        }
    }

    private void End(string why)
    {
        IsOver = true;
        _ready.TrySetException(new InvalidOperationException($"A stream has ended before it began: {why}."));
    }

    private void Take(int filled)
    {
        var bytes = _buffer.AsSpan(0, filled);
        if (!_ready.Task.IsCompleted && bytes.IndexOf(Ready) >= 0)
        {
            _ready.TrySetResult();
        }
        while (bytes.IndexOf(Came) is var at and >= 0)
        {
            _came(Stopwatch.GetTimestamp());
            bytes = bytes[(at + Came.Length)..];
        }
        // Words may be cut in two.
        _kept = Math.Min(bytes.Length, Came.Length - 1);
        bytes[^_kept..].CopyTo(_buffer);
    }

    /// <summary>False when bytes are there already.</summary>
    private bool ReceiveMore()
    {
        _receive.SetBuffer(_buffer, _kept, BufferBytes - _kept);
        return _socket.ReceiveAsync(_receive);
    }
}
