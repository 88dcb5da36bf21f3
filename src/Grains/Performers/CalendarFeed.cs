using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Performers;

/// <param name="Number">How many addresses there have been.</param>
/// <param name="Secret">What the address in force is signed with; null when there is none.</param>
public sealed record CalendarFeed(long Number, byte[]? Secret)
{
    public static readonly CalendarFeed None = new(0, null);

    public static CalendarFeed Evolve(CalendarFeed feed, CalendarFeedEvent @event) =>
        @event switch
        {
            CalendarFeedMade made => new CalendarFeed(feed.Number + 1, made.Secret),
            CalendarFeedRevoked => feed with { Secret = null },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CalendarFeedMade), "calendar-feed.made.v1")]
[JsonDerivedType(typeof(CalendarFeedRevoked), "calendar-feed.revoked.v1")]
public abstract record CalendarFeedEvent(DateTimeOffset At, Actor Actor);

public sealed record CalendarFeedMade(DateTimeOffset At, Actor Actor, byte[] Secret) : CalendarFeedEvent(At, Actor);

public sealed record CalendarFeedRevoked(DateTimeOffset At, Actor Actor) : CalendarFeedEvent(At, Actor);
