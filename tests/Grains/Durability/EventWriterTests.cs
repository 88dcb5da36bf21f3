using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.Grains.Durability;
using Actors.Grains.Moods;

namespace Actors.Grains.Tests.Durability;

/// <summary>What lies in journals is what the serializer writes, to the byte, although not all of it is written by it.</summary>
[Trait("Spec", "SE-3")]
public sealed class EventWriterTests
{
    private static readonly Actor Ana = new(ActorRole.Model, "ana", "::1", "a \"browser\" <1>");

    public static TheoryData<object> Moods =>
        [
            new MoodSet(
                DateTimeOffset.UnixEpoch,
                MoodState.Neutral,
                MoodState.Positive,
                "Grüße\n‹b›",
                true,
                30,
                DateTimeOffset.MaxValue,
                Ana
            ),
            new MoodSet(DateTimeOffset.UnixEpoch, MoodState.Neutral, MoodState.Negative, null, false, 0, null, Ana),
            new MoodOverridden(
                DateTimeOffset.UnixEpoch,
                MoodState.Neutral,
                MoodState.Negative,
                null,
                false,
                null,
                Ana,
                "why"
            ),
            new MoodExpired(DateTimeOffset.UnixEpoch, MoodState.Positive),
        ];

    [Theory]
    [MemberData(nameof(Moods))]
    public void An_event_is_written_as_the_serializer_writes_it(object @event) =>
        AssertSame(MoodJson.Default.MoodEvent, (MoodEvent)@event);

    [Fact]
    public void An_event_without_members_is_written_as_the_serializer_writes_it()
    {
        AssertSame(CounterJson.Default.CounterEvent, new Reset());
        AssertSame(CounterJson.Default.CounterEvent, new Added(-1, null));
    }

    [Fact]
    public void Every_event_of_every_feature_is_written_as_the_serializer_writes_it()
    {
        var compared = 0;
        foreach (var (contract, type) in EventTypes())
        {
            compared += IsSame(contract, type) ? 1 : 0;
        }
        Assert.True(compared >= 10, $"only {compared} types could be compared");
    }

    private static IEnumerable<(JsonTypeInfo Contract, Type Type)> EventTypes() =>
        from context in typeof(DurableServices).Assembly.GetTypes()
        where context.IsSubclassOf(typeof(JsonSerializerContext))
        let contracts = (JsonSerializerContext)context.GetProperty("Default")!.GetValue(null)!
        from type in typeof(DurableServices).Assembly.GetTypes()
        let contract = type is { IsAbstract: true, ContainsGenericParameters: false }
            ? contracts.GetTypeInfo(type)
            : null
        from derived in contract?.PolymorphismOptions?.DerivedTypes ?? []
        select (contract, derived.DerivedType);

    /// <summary>With members that nobody has set; false where the serializer itself cannot write such an event.</summary>
    private static bool IsSame(JsonTypeInfo contract, Type type)
    {
        var @event = RuntimeHelpers.GetUninitializedObject(type);
        try
        {
            JsonSerializer.Serialize(@event, contract);
        }
        catch (Exception fault) when (fault is InvalidOperationException or NullReferenceException)
        {
            return false;
        }
        typeof(EventWriterTests)
            .GetMethod(nameof(AssertSame), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(contract.Type)
            .Invoke(null, [contract, @event]);
        return true;
    }

    private static void AssertSame<TEvent>(JsonTypeInfo<TEvent> contract, TEvent @event)
        where TEvent : class =>
        Assert.Equal(
            JsonSerializer.Serialize(@event, contract),
            Encoding.UTF8.GetString(new EventWriter<TEvent>(contract).Write(@event))
        );
}
