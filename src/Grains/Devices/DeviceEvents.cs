using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Devices;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DeviceOrdered), "device.ordered.v1")]
[JsonDerivedType(typeof(DeviceSending), "device.sending.v1")]
[JsonDerivedType(typeof(DeviceDone), "device.done.v1")]
[JsonDerivedType(typeof(DeviceFailed), "device.failed.v1")]
[JsonDerivedType(typeof(DevicesPaired), "device.paired.v1")]
public abstract record DeviceEvent(DateTimeOffset At) : TellableEvent;

/// <param name="Due">When the device is to start.</param>
/// <param name="Lapsed">The oldest order, given up because too many were waiting.</param>
public sealed record DeviceOrdered(
    DateTimeOffset At,
    long Number,
    PurchaseId PurchaseId,
    string UserId,
    DeviceActivation Activation,
    DateTimeOffset Due,
    LapsedOrder? Lapsed
) : DeviceEvent(At);

/// <summary>Written before the command goes out: whatever happens afterwards, it never goes out again.</summary>
/// <param name="Until">When it counts as lost.</param>
public sealed record DeviceSending(DateTimeOffset At, long Number, DateTimeOffset Until) : DeviceEvent(At);

public sealed record DeviceDone(DateTimeOffset At, long Number) : DeviceEvent(At);

public sealed record DeviceFailed(DateTimeOffset At, long Number, PurchaseId PurchaseId, string UserId, string Failure)
    : DeviceEvent(At);

/// <summary>What the service says the model has from now on.</summary>
public sealed record DevicesPaired(DateTimeOffset At, ImmutableArray<PairedDevice> Devices) : DeviceEvent(At);

public sealed record LapsedOrder(long Number, PurchaseId PurchaseId, string UserId);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(DeviceEvent))]
[JsonSerializable(typeof(Device))]
internal sealed partial class DeviceJson : JsonSerializerContext;
