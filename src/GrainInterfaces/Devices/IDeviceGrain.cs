using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Devices;

/// <summary>One model's device; the key is the model's id. Told after the money has moved, and never able to touch it.</summary>
[Alias("IDeviceGrain")]
public interface IDeviceGrain : IGrainWithStringKey
{
    /// <summary>Does what was bought, at most once; a failure is told to the buyer's purchase.</summary>
    Task Activate(Delivery delivery, DeviceOrder order);

    /// <summary>Asks the device service for a code by which the model pairs a device.</summary>
    [ResponseTimeout("00:00:10")]
    Task<Outcome<DevicePairing>> StartPairing(Actor actor);

    /// <summary>The device service says which devices the model has; refused when the pairing was not ours.</summary>
    Task<Outcome<Done>> CompletePairing(PairedDevices devices);

    [ReadOnly]
    ValueTask<DeviceView> Get();
}

[GenerateSerializer, Immutable, Alias("DeviceOrder")]
public sealed record DeviceOrder(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] string UserId,
    [property: Id(2)] DeviceActivation Activation,
    [property: Id(3)] DateTimeOffset At
);

/// <param name="QrUrl">A picture of the code; empty for the sandbox, which is always paired.</param>
[GenerateSerializer, Immutable, Alias("DevicePairing")]
public sealed record DevicePairing(
    [property: Id(0)] string QrUrl,
    [property: Id(1)] string? Code,
    [property: Id(2)] DateTimeOffset ExpiresAt
);

/// <param name="Token">What we gave the service for this model; proves that the callback is about our pairing.</param>
[GenerateSerializer, Immutable, Alias("PairedDevices")]
public sealed record PairedDevices(
    [property: Id(0)] string Token,
    [property: Id(1)] IReadOnlyList<PairedDevice> Devices
);

[GenerateSerializer, Immutable, Alias("PairedDevice")]
public sealed record PairedDevice(
    [property: Id(0)] string DeviceId,
    [property: Id(1)] string Name,
    [property: Id(2)] bool Online
);

/// <param name="Recent">What it was told lately, newest first.</param>
[GenerateSerializer, Immutable, Alias("DeviceView")]
public sealed record DeviceView(
    [property: Id(0)] string ModelId,
    [property: Id(1)] string Service,
    [property: Id(2)] bool Paired,
    [property: Id(3)] IReadOnlyList<PairedDevice> Devices,
    [property: Id(4)] IReadOnlyList<DeviceCommandRecord> Recent
);

[GenerateSerializer, Immutable, Alias("DeviceCommandRecord")]
public sealed record DeviceCommandRecord(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] DeviceActivation Activation,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string? Failure
);
