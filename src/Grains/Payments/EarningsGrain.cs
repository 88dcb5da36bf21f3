using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Durability;

namespace Actors.Grains.Payments;

[GrainType("earnings")]
public sealed class EarningsGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<Earnings, EarningsEvent>(context, services, Definition),
        IEarningsGrain
{
    private static readonly Aggregate<Earnings, EarningsEvent> Definition = new()
    {
        Initial = Earnings.None,
        Evolve = Earnings.Evolve,
        EventJson = EarningsJson.Default.EarningsEvent,
        StateJson = EarningsJson.Default.Earnings,
    };

    public Task Take(Delivery delivery, OutsideEarning earning) =>
        CommitOnce(delivery, () => Earnings.Decide(Current, earning));

    public async Task<EarningsPage> List(long? before, int limit)
    {
        var events = await ReadBackwardAsync(Math.Min(before ?? long.MaxValue, DurableVersion + 1), limit);
        var lines = events
            .Select(static entry => (entry.Version, Taken: (OutsideEarned)entry.Event))
            .Select(static line => new EarningLine(line.Version, line.Taken.Earning, line.Taken.After))
            .ToArray();
        return new EarningsPage(Durable.Sums, lines, lines is [.., { Number: > 1 } last] ? last.Number : null);
    }
}

/// <summary>Sums by currency; the lines are the stream itself.</summary>
public sealed record Earnings(ImmutableSortedDictionary<string, long> Sums)
{
    public static readonly Earnings None = new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    public static OutsideEarned Decide(Earnings earnings, OutsideEarning earning) =>
        new(earning, earnings.Sums.GetValueOrDefault(earning.Currency) + earning.Amount);

    public static Earnings Evolve(Earnings earnings, EarningsEvent @event) =>
        @event switch
        {
            OutsideEarned e => new Earnings(earnings.Sums.SetItem(e.Earning.Currency, e.After)),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OutsideEarned), "earnings.earned.v1")]
public abstract record EarningsEvent;

/// <param name="After">What of the currency was earned with it.</param>
public sealed record OutsideEarned(OutsideEarning Earning, long After) : EarningsEvent;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EarningsEvent))]
[JsonSerializable(typeof(Earnings))]
internal sealed partial class EarningsJson : JsonSerializerContext;
