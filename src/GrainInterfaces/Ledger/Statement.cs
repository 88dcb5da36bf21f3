using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Ledger;

[JsonConverter(typeof(JsonStringEnumConverter<MovementKind>))]
public enum MovementKind
{
    [JsonStringEnumMemberName("credit")]
    Credit,

    [JsonStringEnumMemberName("tip")]
    Tip,

    [JsonStringEnumMemberName("purchase")]
    Purchase,

    [JsonStringEnumMemberName("hold")]
    Hold,

    [JsonStringEnumMemberName("capture")]
    Capture,

    [JsonStringEnumMemberName("release")]
    Release,

    [JsonStringEnumMemberName("refund")]
    Refund,

    [JsonStringEnumMemberName("payout")]
    Payout,

    [JsonStringEnumMemberName("debit")]
    Debit,

    /// <summary>What a private call has earned, out of tokens that were held for it.</summary>
    [JsonStringEnumMemberName("call")]
    Call,
}

/// <summary>
/// One movement with both of its sides, as one account saw it. Sides are written <c>balance/ana</c>,
/// <c>balance/ana/held</c>, <c>wallet/mia</c> or <c>platform</c>.
/// </summary>
/// <param name="Position">The number of the event in the account's stream.</param>
/// <param name="Transfer">The same on both sides of a movement.</param>
/// <param name="Cause">A person's words: an item's name, a reason, a message.</param>
/// <param name="Available">What the account had free after the movement.</param>
/// <param name="Part">Tells apart what one event moved: a settlement can be a capture and a release.</param>
[GenerateSerializer, Immutable, Alias("Movement")]
public sealed record Movement(
    [property: Id(0)] long Position,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] MovementKind Kind,
    [property: Id(3)] string Transfer,
    [property: Id(4)] string From,
    [property: Id(5)] string To,
    [property: Id(6)] Tokens Tokens,
    [property: Id(7)] string? PurchaseId,
    [property: Id(8)] string? Cause,
    [property: Id(9)] Tokens Available,
    [property: Id(10)] Tokens Held,
    [property: Id(11)] long LoyaltyPoints,
    [property: Id(12)] int Part = 0
)
{
    public const int PartsPerEvent = 2;

    /// <summary>Names the movement in its account; a later one has a higher number.</summary>
    public long Number => (Position * PartsPerEvent) + Part;

    /// <summary>The highest number that a movement of this event can have.</summary>
    public static long LastNumberOf(long position) => (position * PartsPerEvent) + PartsPerEvent - 1;
}

/// <summary>Which movements of an account are asked for; what is null excludes nothing.</summary>
/// <param name="From">The first moment.</param>
/// <param name="Until">The first moment after.</param>
[GenerateSerializer, Immutable, Alias("StatementFilter")]
public sealed record StatementFilter(
    [property: Id(0)] IReadOnlyList<MovementKind>? Kinds = null,
    [property: Id(1)] DateTimeOffset? From = null,
    [property: Id(2)] DateTimeOffset? Until = null
)
{
    public static readonly StatementFilter None = new();
}

/// <summary>Movements of one account. There may be fewer than asked for, and yet more to come.</summary>
/// <param name="Next">The <see cref="Movement.Number"/> to go on from; null when there are no more.</param>
[GenerateSerializer, Immutable, Alias("StatementPage")]
public sealed record StatementPage([property: Id(0)] IReadOnlyList<Movement> Movements, [property: Id(1)] long? Next);
