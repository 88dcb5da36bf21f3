namespace Actors.GrainInterfaces.Notifications;

/// <summary>What a notification is about, by name. Each kind has those that its text needs; the others are null.</summary>
/// <param name="Count">How many of what it tells of.</param>
/// <param name="Percent">How much of something was done, when it was not all of it.</param>
/// <param name="Item">What was bought, as it was called then.</param>
/// <param name="Person">The id of somebody else.</param>
/// <param name="State">A mood.</param>
/// <param name="Reason">Why, in the words of whoever did it.</param>
/// <param name="Note">What was said with it, in the words of whoever gave it.</param>
/// <param name="Until">When it ends.</param>
[GenerateSerializer, Immutable, Alias("NotificationFacts")]
public sealed record NotificationFacts(
    [property: Id(0)] long? Tokens = null,
    [property: Id(1)] long? Count = null,
    [property: Id(2)] int? Percent = null,
    [property: Id(3)] string? Item = null,
    [property: Id(4)] string? Person = null,
    [property: Id(5)] string? State = null,
    [property: Id(6)] string? Reason = null,
    [property: Id(7)] string? Note = null,
    [property: Id(8)] DateTimeOffset? Until = null
);
