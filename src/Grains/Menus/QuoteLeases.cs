using Actors.GrainInterfaces.Menus;

namespace Actors.Grains.Menus;

/// <summary>
/// What a menu has promised about its quotes. Who got one may use it again for a while; a change that would make it wrong
/// waits for that while to be over, and no promise is made meanwhile.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: nothing here is ever on two threads at once.</remarks>
internal sealed class QuoteLeases(TimeProvider time)
{
    /// <summary>As long as a change of a menu that sells may take.</summary>
    public static readonly TimeSpan Length = ItemQuote.LongestUse;

    private long? _lastGivenAt;
    private int _changes;

    /// <summary>Promises a quote for <see cref="Length"/> from now; not while a change is on its way.</summary>
    public bool TryGive()
    {
        if (_changes > 0)
        {
            return false;
        }
        _lastGivenAt = time.GetTimestamp();
        return true;
    }

    /// <summary>An activation before this one may have given some that it took with it.</summary>
    public void AssumeGiven() => _lastGivenAt = time.GetTimestamp();

    /// <summary>Makes a change when nobody may use a quote any more that was given before it.</summary>
    public async Task<T> WithoutAsync<T>(Func<Task<T>> change)
    {
        _changes++;
        try
        {
            while (_lastGivenAt is { } at && time.GetElapsedTime(at) is var passed && passed < Length)
            {
                // A timer may be early by less than a millisecond.
                await Task.Delay(Length - passed + TimeSpan.FromMilliseconds(1), time);
            }
            return await change();
        }
        finally
        {
            _changes--;
        }
    }
}
