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
}

/// <summary>
/// One movement with both of its sides, as one account saw it. Sides are written <c>balance/ana</c>,
/// <c>balance/ana/held</c>, <c>wallet/mia</c> or <c>platform</c>.
/// </summary>
/// <param name="Position">The number of the event in the account's stream; a settlement can be two movements of one event.</param>
/// <param name="Transfer">The same on both sides of a movement.</param>
/// <param name="Cause">A person's words: an item's name, a reason, a message.</param>
/// <param name="Available">What the account had free after the event.</param>
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
    [property: Id(11)] long LoyaltyPoints
);

/// <summary>Movements of one account.</summary>
/// <param name="Next">The position to go on from; null when there are no more.</param>
[GenerateSerializer, Immutable, Alias("StatementPage")]
public sealed record StatementPage([property: Id(0)] IReadOnlyList<Movement> Movements, [property: Id(1)] long? Next);
