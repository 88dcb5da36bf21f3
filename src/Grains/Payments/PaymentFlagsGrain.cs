using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Durability;

namespace Actors.Grains.Payments;

[GrainType("payment-flags")]
public sealed class PaymentFlagsGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<OpenFlags, FlagEvent>(context, services, Definition),
        IPaymentFlagsGrain
{
    private static readonly Aggregate<OpenFlags, FlagEvent> Definition = new()
    {
        Initial = OpenFlags.None,
        Evolve = OpenFlags.Evolve,
        EventJson = FlagJson.Default.FlagEvent,
        StateJson = FlagJson.Default.OpenFlags,
    };

    public Task Take(Delivery delivery, PaymentFlag flag) =>
        CommitOnce(delivery, () => OpenFlags.Decide(Current, flag));

    public ValueTask<PaymentFlagList> List(int limit, int offset) =>
        new(new PaymentFlagList([.. Durable.Flags.Skip(offset).Take(limit)], Durable.Flags.Count));
}

/// <summary>What people have yet to see to, oldest first; one flag for each refund.</summary>
public sealed record OpenFlags(ImmutableList<PaymentFlag> Flags)
{
    public static readonly OpenFlags None = new([]);

    /// <summary>Null when something is in order that nobody has flagged.</summary>
    public static FlagEvent? Decide(OpenFlags open, PaymentFlag flag) =>
        flag.Kind != PaymentFlagKind.Settled ? new FlagRaised(flag)
        : open.Flags.Any(known => IsSame(known, flag)) ? new FlagLowered(flag)
        : null;

    public static OpenFlags Evolve(OpenFlags open, FlagEvent @event)
    {
        var others = open.Flags.RemoveAll(known => IsSame(known, @event.Flag));
        return new OpenFlags(@event is FlagRaised ? others.Add(@event.Flag) : others);
    }

    private static bool IsSame(PaymentFlag one, PaymentFlag other) =>
        one.PaymentId == other.PaymentId && one.Number == other.Number;
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(FlagRaised), "payment-flags.raised.v1")]
[JsonDerivedType(typeof(FlagLowered), "payment-flags.lowered.v1")]
public abstract record FlagEvent(PaymentFlag Flag);

public sealed record FlagRaised(PaymentFlag Flag) : FlagEvent(Flag);

public sealed record FlagLowered(PaymentFlag Flag) : FlagEvent(Flag);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FlagEvent))]
[JsonSerializable(typeof(OpenFlags))]
internal sealed partial class FlagJson : JsonSerializerContext;
