using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.Grains.Durability;

namespace Actors.Grains.Tests.Durability;

/// <summary>The smallest grain that uses every promise: it adds, tells a listener, and counts down to a due time.</summary>
[Alias("ICounterGrain")]
public interface ICounterGrain : IFollowedGrain
{
    ValueTask<long> Get();

    /// <summary>What the newest decision sees, durable or not.</summary>
    ValueTask<long> Peek();

    Task<long> Add(long amount);

    /// <param name="inBulk">Whether the listener is told together with what others tell him.</param>
    Task<long> AddAndTell(long amount, string listener, bool inBulk = false);

    Task ResetAt(DateTimeOffset at);

    ValueTask<long> Version();
}

[Alias("IListenerGrain")]
public interface IListenerGrain : IGrainWithStringKey
{
    Task Hear(Delivery delivery, long amount);

    Task HearAll(IReadOnlyList<Delivered<Told>> told);

    ValueTask<long> Heard();
}

[GenerateSerializer, Immutable, Alias("test.Told")]
public sealed record Told([property: Id(0)] long Amount);

public sealed record Counter(long Sum, DateTimeOffset? ResetsAt);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Added), "test.added.v1")]
[JsonDerivedType(typeof(ResetPlanned), "test.reset-planned.v1")]
[JsonDerivedType(typeof(Reset), "test.reset.v1")]
public abstract record CounterEvent;

public sealed record Added(long Amount, string? Listener, bool InBulk = false) : CounterEvent;

public sealed record ResetPlanned(DateTimeOffset At) : CounterEvent;

public sealed record Reset : CounterEvent;

[JsonSerializable(typeof(CounterEvent))]
[JsonSerializable(typeof(Counter))]
internal sealed partial class CounterJson : JsonSerializerContext;

[GrainType("test-counter")]
public sealed class CounterGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<Counter, CounterEvent>(context, services, Definition),
        ICounterGrain
{
    internal static readonly Aggregate<Counter, CounterEvent> Definition = new()
    {
        Initial = new Counter(0, null),
        Evolve = static (counter, @event) =>
            @event switch
            {
                Added added => counter with { Sum = counter.Sum + added.Amount },
                ResetPlanned planned => counter with { ResetsAt = planned.At },
                _ => new Counter(0, null),
            },
        NextDue = static counter => counter.ResetsAt,
        EventJson = CounterJson.Default.CounterEvent,
        StateJson = CounterJson.Default.Counter,
    };

    private static readonly BulkRoute<IListenerGrain, Told> ToListener = new(
        static (listener, told) => listener.HearAll(told)
    );

    public ValueTask<long> Get() => new(Durable.Sum);

    public ValueTask<long> Peek() => new(Current.Sum);

    public async Task<long> Add(long amount)
    {
        await Commit(new Added(amount, null));
        return Durable.Sum;
    }

    public async Task<long> AddAndTell(long amount, string listener, bool inBulk = false)
    {
        await Commit(new Added(amount, listener, inBulk));
        return Durable.Sum;
    }

    public Task ResetAt(DateTimeOffset at) => Commit(new ResetPlanned(at));

    public ValueTask<long> Version() => new(DurableVersion);

    protected override Task OnDueAsync(DateTimeOffset now) => Commit(new Reset());

    protected override IReadOnlyList<Effect> EffectsOf(CounterEvent @event, long version) =>
        @event switch
        {
            Added { Listener: { } listener, InBulk: true } added => [ToListener.To(listener, new Told(added.Amount))],
            Added { Listener: { } listener, Amount: var amount } =>
            [
                Effect.To<IListenerGrain>(listener, (grain, delivery) => grain.Hear(delivery, amount)),
            ],
            _ => [],
        };
}

[GrainType("test-listener")]
public sealed class ListenerGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<Counter, CounterEvent>(context, services, CounterGrain.Definition),
        IListenerGrain
{
    public Task Hear(Delivery delivery, long amount) => CommitOnce(delivery, () => new Added(amount, null));

    public Task HearAll(IReadOnlyList<Delivered<Told>> told) =>
        CommitOnce(told, static one => new Added(one.Amount, null));

    public ValueTask<long> Heard() => new(Durable.Sum);
}
