using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;

namespace Actors.Grains.Devices;

/// <summary>A model's device as the fold of its events; bounded, whatever arrives.</summary>
/// <param name="LastNumber">The number of the newest order; numbers are never used again.</param>
/// <param name="Waiting">Orders whose time has not come, soonest first.</param>
/// <param name="Sending">The one command that is on its way, or was when a crash cut it off.</param>
/// <param name="Paired">What the service says the model has.</param>
/// <param name="Recent">What became of the newest orders, oldest first.</param>
public sealed record Device(
    long LastNumber,
    ImmutableList<DeviceTask> Waiting,
    SendingTask? Sending,
    ImmutableArray<PairedDevice> Paired,
    DateTimeOffset? PairedAt,
    ImmutableList<DeviceCommandRecord> Recent
)
{
    public static readonly Device None = new(0, [], null, [], null, []);

    /// <summary>When something can be done: the next command sent, or the one under way given up as lost.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue => Sending?.Until ?? (Waiting.IsEmpty ? null : Waiting[0].Due);
}

/// <summary>One order that the device has still to do.</summary>
public sealed record DeviceTask(
    long Number,
    PurchaseId PurchaseId,
    string UserId,
    DeviceActivation Activation,
    DateTimeOffset Due
);

/// <param name="Until">When it counts as lost: its answer can no longer come.</param>
public sealed record SendingTask(DeviceTask Task, DateTimeOffset Until);
