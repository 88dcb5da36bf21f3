using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Ledger;

/// <summary>One shard of the money from outside: sums by currency, and what of each payment is held.</summary>
/// <param name="Open">By payment and currency; those of which nothing is held are not listed.</param>
public sealed record OutsideBook(
    ImmutableSortedDictionary<string, OutsideSums> Sums,
    ImmutableDictionary<string, OutsideOpen> Open
)
{
    public static readonly OutsideBook Empty = new(
        ImmutableSortedDictionary.Create<string, OutsideSums>(StringComparer.Ordinal),
        ImmutableDictionary<string, OutsideOpen>.Empty
    );

    public static OutsideMoved Decide(OutsideMovement movement, DateTimeOffset now) =>
        new(now, movement.PaymentId, movement.Currency, movement.Received, movement.Refunded, movement.Earned);

    public static OutsideBook Evolve(OutsideBook book, OutsideEvent @event) =>
        @event switch
        {
            OutsideMoved moved => book.With(moved),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    /// <summary>What is held is added up by payment, so that it is a figure of its own and no difference of the others.</summary>
    public IReadOnlyList<OutsideMoney> Figures()
    {
        var held = Open.Values.ToLookup(static open => open.Currency, static open => open.Amount);
        return
        [
            .. Sums.Select(sum => new OutsideMoney(
                sum.Key,
                sum.Value.Received,
                sum.Value.Refunded,
                // One below zero has given out more than it got: no other payment's money may hide that.
                held[sum.Key].Any(static amount => amount < 0)
                    ? -1
                    : held[sum.Key].Sum(),
                sum.Value.Earned
            )),
        ];
    }

    private OutsideBook With(OutsideMoved moved)
    {
        var sums = Sums.GetValueOrDefault(moved.Currency, OutsideSums.None);
        var key = $"{moved.PaymentId}/{moved.Currency}";
        var open = (Open.GetValueOrDefault(key)?.Amount ?? 0) + moved.Received - moved.Refunded - moved.Earned;
        return new OutsideBook(
            Sums.SetItem(
                moved.Currency,
                new OutsideSums(
                    sums.Received + moved.Received,
                    sums.Refunded + moved.Refunded,
                    sums.Earned + moved.Earned
                )
            ),
            open == 0 ? Open.Remove(key) : Open.SetItem(key, new OutsideOpen(moved.Currency, open))
        );
    }
}

public sealed record OutsideSums(long Received, long Refunded, long Earned)
{
    public static readonly OutsideSums None = new(0, 0, 0);
}

public sealed record OutsideOpen(string Currency, long Amount);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OutsideMoved), "outside-money.moved.v1")]
public abstract record OutsideEvent;

public sealed record OutsideMoved(
    DateTimeOffset At,
    string PaymentId,
    string Currency,
    long Received,
    long Refunded,
    long Earned
) : OutsideEvent;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OutsideEvent))]
[JsonSerializable(typeof(OutsideBook))]
internal sealed partial class OutsideJson : JsonSerializerContext;
