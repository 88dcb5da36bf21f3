using System.Net;
using Actors.ApiHost.Hosting;
using Actors.Grains.Hosting;
using Microsoft.AspNetCore.Connections;

namespace Actors.ApiHost.Limits;

/// <summary>
/// Bounds connections, in all and by address, before anything is read from them. When every place is taken a newcomer gets
/// that of an idle connection (of her own address, when that has its share), so that idle ones, however many, keep nobody out. Kestrel's own limit turns newcomers away,
/// and does not count what was upgraded.
/// </summary>
internal sealed class ConnectionLimiter
{
    private const int LookedAtForOne = 256;

    private readonly Lock _turn = new();
    private readonly ConnectionSlot?[] _slots;
    private readonly Stack<int> _free = new();
    private readonly Dictionary<UInt128, int> _byNetwork = [];
    private readonly IReadOnlyList<IPNetwork> _proxies;
    private readonly TimeSpan _firstRequestWithin;
    private readonly TimeProvider _time;
    private int _used;
    private int _hand;

    public ConnectionLimiter(LimitOptions options, NetworkOptions network, TimeProvider time)
    {
        var most = options.Connections ?? OpenFiles.ConnectionsUnlessSet;
        if (most > OpenFiles.ConnectionsAtMost)
        {
            throw new SettingException(
                "Limits:Connections",
                $"is at most {OpenFiles.ConnectionsAtMost} here, not '{most}': this process may not open more files (ulimit -n)."
            );
        }
        _slots = new ConnectionSlot?[most];
        PerAddress = options.ConnectionsPerAddress ?? Math.Max(1, most / 2);
        _proxies = network.Proxies;
        _firstRequestWithin = TimeSpan.FromSeconds(options.FirstRequestSeconds);
        _time = time;
    }

    public int PerAddress { get; }

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var slot = new ConnectionSlot(connection, NetworkOfCaller(connection.RemoteEndPoint));
        if (!TryEnter(slot))
        {
            connection.Abort(new ConnectionAbortedException("Too many connections."));
            return;
        }
        connection.Features.Set(slot);
        try
        {
            await using var patience = _time.CreateTimer(
                static state => ((ConnectionSlot)state!).CloseUnlessBegun(),
                slot,
                _firstRequestWithin,
                Timeout.InfiniteTimeSpan
            );
            await next(connection);
        }
        finally
        {
            Leave(slot);
        }
    }

    private bool TryEnter(ConnectionSlot slot)
    {
        ConnectionSlot? idle = null;
        lock (_turn)
        {
            var network = slot.Network;
            var hasItsShare = network is { } one && _byNetwork.GetValueOrDefault(one) >= PerAddress;
            if (hasItsShare || FreePlace() is not { } index)
            {
                idle = ClaimIdle(hasItsShare ? network : null);
                if (idle is null)
                {
                    return false;
                }
                index = idle.Index;
                Forget(idle);
            }
            slot.Index = index;
            _slots[index] = slot;
            if (network is { } counted)
            {
                _byNetwork[counted] = _byNetwork.GetValueOrDefault(counted) + 1;
            }
        }
        idle?.Close("Idle, and others need the place.");
        return true;
    }

    private void Leave(ConnectionSlot slot)
    {
        lock (_turn)
        {
            // Its place may be somebody else's by now.
            if (ReferenceEquals(_slots[slot.Index], slot))
            {
                Forget(slot);
                _free.Push(slot.Index);
            }
        }
    }

    private int? FreePlace() =>
        _free.TryPop(out var free) ? free
        : _used < _slots.Length ? _used++
        : null;

    /// <summary>Like the hand of a clock: whoever came last is looked at last.</summary>
    /// <param name="network">Whose connections alone are looked at; null for everybody's.</param>
    private ConnectionSlot? ClaimIdle(UInt128? network)
    {
        for (var looked = 0; looked < Math.Min(LookedAtForOne, _slots.Length); looked++)
        {
            var slot = _slots[_hand];
            _hand = (_hand + 1) % _slots.Length;
            if (slot is not null && (network is null || slot.Network == network) && slot.TryClaimIdle())
            {
                return slot;
            }
        }
        return null;
    }

    private void Forget(ConnectionSlot slot)
    {
        _slots[slot.Index] = null;
        if (slot.Network is { } network && --_byNetwork[network] == 0)
        {
            _byNetwork.Remove(network);
        }
    }

    /// <summary>Null for whoever speaks for many, and for what comes from no network.</summary>
    private UInt128? NetworkOfCaller(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
        {
            return null;
        }
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _proxies.Any(proxy => proxy.Contains(plain)) ? null : NetworkOf.Address(plain);
    }
}
