using Actors.GrainInterfaces.Conversations;

namespace Actors.Grains.Conversations;

/// <summary>Who asks for a person, and what waits to be asked for. Kept in memory only, and bounded.</summary>
public sealed class Presence
{
    private const int MostStays = 100;

    private readonly Dictionary<string, DateTimeOffset> _stays = [];
    private readonly List<(long Number, PassingSignal Signal)> _signals = [];

    /// <summary>The number of the newest signal.</summary>
    public long Newest { get; private set; }

    public bool IsOnline(DateTimeOffset now) => _stays.Values.Any(until => now < until);

    public bool Has(string stay) => _stays.ContainsKey(stay);

    /// <summary>A host has asked.</summary>
    public void Stay(string stay, DateTimeOffset now)
    {
        foreach (var lapsed in _stays.Where(one => one.Value <= now).Select(static one => one.Key).ToList())
        {
            _stays.Remove(lapsed);
        }
        if (_stays.Count < MostStays || _stays.ContainsKey(stay))
        {
            _stays[stay] = now + IPresenceGrain.LeaseFor;
        }
    }

    public void Leave(string stay) => _stays.Remove(stay);

    /// <summary>One of a kind takes the place of the one before in its conversation.</summary>
    public void Add(PassingSignal signal, DateTimeOffset now)
    {
        _signals.RemoveAll(one =>
            one.Signal.Until <= now
            || (one.Signal.Conversation == signal.Conversation && one.Signal.Kind == signal.Kind)
        );
        if (_signals.Count == IPresenceGrain.MostSignals)
        {
            _signals.RemoveAt(0);
        }
        _signals.Add((++Newest, signal));
    }

    /// <param name="after">Of an earlier life, when it is more than there was in this one: then everything is news.</param>
    public PassingPage Since(long after, DateTimeOffset now)
    {
        var from =
            after < 0 ? Newest
            : after > Newest ? 0
            : after;
        return new PassingPage(
            [.. _signals.Where(one => one.Number > from && now < one.Signal.Until).Select(static one => one.Signal)],
            Newest
        );
    }
}
