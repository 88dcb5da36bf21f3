using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Devices;

/// <summary>An adapter to whatever makes devices run. One for all models.</summary>
public interface IDevice
{
    /// <summary>A stable name such as <c>sandbox</c>.</summary>
    string Service { get; }

    /// <summary>Whether there is nothing to pair.</summary>
    bool IsAlwaysPaired { get; }

    /// <summary>Asks for a code by which a model pairs a device.</summary>
    Task<Outcome<DevicePairing>> PairAsync(string modelId, string displayName);

    /// <summary>Whether a pairing that the service reports is one that we began for this model.</summary>
    bool IsOurs(string modelId, string token);

    /// <summary>
    /// Does one command, within the time that the settings give it. Whatever happens is an answer: null when it was done,
    /// else why it was not, in words that a buyer may read.
    /// </summary>
    Task<string?> CommandAsync(DeviceCommand command);
}

public sealed record DeviceCommand(string ModelId, PurchaseId PurchaseId, DeviceActivation Activation);
