using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Performers;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PerformerSet), "performer.set.v1")]
[JsonDerivedType(typeof(PerformerRemoved), "performer.removed.v1")]
[JsonDerivedType(typeof(PerformerReopened), "performer.reopened.v1")]
[JsonDerivedType(typeof(TimeTaken), "performer.time-taken.v1")]
[JsonDerivedType(typeof(TimeFreed), "performer.time-freed.v1")]
[JsonDerivedType(typeof(CallEnded), "performer.call-ended.v1")]
[JsonDerivedType(typeof(CallRated), "performer.call-rated.v1")]
public abstract record PerformerEvent(DateTimeOffset At);

/// <summary>Carries all settings as they are from then on, so that the audit reads without folding.</summary>
public sealed record PerformerSet(DateTimeOffset At, Actor Actor, PerformerSettings Settings) : PerformerEvent(At);

/// <param name="ForGood">False when nothing is left of her and she can be made a performer again.</param>
public sealed record PerformerRemoved(DateTimeOffset At, Actor Actor, bool ForGood) : PerformerEvent(At);

public sealed record PerformerReopened(DateTimeOffset At, Actor Actor) : PerformerEvent(At);

/// <summary>A booking has this time now, held or confirmed, and none that it had before.</summary>
/// <param name="Freed">A hold that went into it.</param>
public sealed record TimeTaken(DateTimeOffset At, TakenTime Time, string? Freed = null) : PerformerEvent(At);

public sealed record TimeFreed(DateTimeOffset At, string BookingId) : PerformerEvent(At);

/// <param name="Pauses">Whether it closes the calendar until an admin has looked.</param>
public sealed record CallEnded(DateTimeOffset At, CallEnd End, bool Pauses) : PerformerEvent(At);

public sealed record CallRated(DateTimeOffset At, CallRating Rating) : PerformerEvent(At);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PerformerListed), "performer-directory.listed.v1")]
public abstract record PerformerDirectoryEvent;

public sealed record PerformerListed(PerformerListing Listing) : PerformerDirectoryEvent;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(PerformerEvent))]
[JsonSerializable(typeof(Performer))]
[JsonSerializable(typeof(PerformerDirectoryEvent))]
[JsonSerializable(typeof(PerformerIndex))]
[JsonSerializable(typeof(CalendarFeedEvent))]
[JsonSerializable(typeof(CalendarFeed))]
internal sealed partial class PerformerJson : JsonSerializerContext;
