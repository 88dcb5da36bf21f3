using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Durability;

namespace Actors.Grains.Performers;

[GrainType("calendar-feed")]
public sealed class CalendarFeedGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<CalendarFeed, CalendarFeedEvent>(context, services, Definition),
        ICalendarFeedGrain
{
    private static readonly Aggregate<CalendarFeed, CalendarFeedEvent> Definition = new()
    {
        Initial = CalendarFeed.None,
        Evolve = CalendarFeed.Evolve,
        EventJson = PerformerJson.Default.CalendarFeedEvent,
        StateJson = PerformerJson.Default.CalendarFeed,
    };

    public async Task<string> Make(Actor actor, byte[] secret)
    {
        var number = Current.Number + 1;
        await Commit(new CalendarFeedMade(Now, actor, secret));
        return CalendarAddress.Of(Key, number, secret);
    }

    public Task Revoke(Actor actor) =>
        Current.Secret is null ? WhenDurable() : Commit(new CalendarFeedRevoked(Now, actor));

    public ValueTask<bool> Knows(string address) =>
        new(
            Durable is { Secret: { } secret } feed
                && CalendarAddress.AreSame(address, CalendarAddress.Of(Key, feed.Number, secret))
        );
}
