using Microsoft.AspNetCore.Connections;

namespace Actors.ApiHost.Limits;

/// <summary>
/// One connection's place. It is idle while no request is under way; then, and only then, it can be given to somebody else.
/// </summary>
internal sealed class ConnectionSlot(ConnectionContext connection, UInt128? network)
{
    private const int Closed = int.MinValue / 2;

    private int _requests;
    private volatile bool _hasBegun;

    /// <summary>For whom it is counted; null for nobody.</summary>
    public UInt128? Network { get; } = network;

    /// <summary>Where it stands among all; set by the table.</summary>
    public int Index { get; set; }

    /// <summary>False when the connection has just been closed for being idle: then nothing must be done for the request.</summary>
    public bool TryBegin()
    {
        _hasBegun = true;
        return Interlocked.Increment(ref _requests) > 0;
    }

    public void End() => Interlocked.Decrement(ref _requests);

    /// <summary>From then on nothing more is begun; whoever got a yes closes it.</summary>
    public bool TryClaimIdle() => Interlocked.CompareExchange(ref _requests, Closed, 0) == 0;

    public void Close(string reason) => connection.Abort(new ConnectionAbortedException(reason));

    public void CloseUnlessBegun()
    {
        if (!_hasBegun && TryClaimIdle())
        {
            Close("Nothing was asked for.");
        }
    }
}
