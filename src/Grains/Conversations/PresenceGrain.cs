using Actors.GrainInterfaces.Conversations;
using Actors.Grains.Durability;
using Orleans.Concurrency;

namespace Actors.Grains.Conversations;

/// <summary>Has no stream: what it knows is not worth a write, and is known again when the hosts have asked.</summary>
[GrainType("presence")]
[Reentrant]
public sealed class PresenceGrain(IGrainContext context, DurableServices services) : Grain(context), IPresenceGrain
{
    private readonly Presence _presence = new();
    private readonly Followers _listeners = new(services.Time, services.Stopping);
    private readonly Followers _watchers = new(services.Time, services.Stopping);

    private DateTimeOffset Now => services.Time.GetUtcNow();

    public async Task<PassingPage> Listen(string stay, long after)
    {
        Stay(stay);
        if (after >= 0 && _presence.Since(after, Now).Signals.Count == 0)
        {
            await _listeners.WaitAsync();
            if (_presence.Has(stay))
            {
                Stay(stay);
            }
        }
        return _presence.Since(after, Now);
    }

    public Task Leave(string stay)
    {
        _presence.Leave(stay);
        // The host's open question, too: it asks no more.
        _listeners.Tell();
        _watchers.Tell();
        return Task.CompletedTask;
    }

    public async Task<bool> Watch(bool known)
    {
        if (_presence.IsOnline(Now) == known)
        {
            await _watchers.WaitAsync();
        }
        return _presence.IsOnline(Now);
    }

    public Task<bool> IsOnline() => Task.FromResult(_presence.IsOnline(Now));

    public Task Tell(PassingSignal signal)
    {
        if (_presence.IsOnline(Now))
        {
            _presence.Add(signal, Now);
            _listeners.Tell();
        }
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // An activation does not end while somebody waits in it.
        _listeners.Tell();
        _watchers.Tell();
        return Task.CompletedTask;
    }

    private void Stay(string stay)
    {
        var was = _presence.IsOnline(Now);
        _presence.Stay(stay, Now);
        if (!was)
        {
            _watchers.Tell();
        }
    }
}
