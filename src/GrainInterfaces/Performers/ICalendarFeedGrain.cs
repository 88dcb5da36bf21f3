using Actors.GrainInterfaces.Identity;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Performers;

/// <summary>The address under which a person's calendar programs read the booked calls; the key is the person's id.</summary>
[Alias("ICalendarFeedGrain")]
public interface ICalendarFeedGrain : IGrainWithStringKey
{
    /// <summary>A new address; the one before is void from here on.</summary>
    /// <param name="secret">Chance, of at least <see cref="CalendarAddress.SecretBytes"/> bytes.</param>
    Task<string> Make(Actor actor, byte[] secret);

    /// <summary>There is no address any more; revoking again changes nothing.</summary>
    Task Revoke(Actor actor);

    /// <summary>Whether the address is the one in force.</summary>
    [ReadOnly]
    ValueTask<bool> Knows(string address);
}
