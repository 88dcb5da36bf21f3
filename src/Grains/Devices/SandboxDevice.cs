using System.Collections.Immutable;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Devices;

/// <summary>Remembers the newest commands and does nothing else: for development, tests and platforms without devices.</summary>
public sealed class SandboxDevice(TimeProvider time) : IDevice
{
    private const int MaxKept = 100;

    private ImmutableList<DeviceCommand> _commands = [];

    public string Service => "sandbox";

    public bool IsAlwaysPaired => true;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DeviceCommand> Commands => _commands;

    public Task<Outcome<DevicePairing>> PairAsync(string modelId, string displayName) =>
        Task.FromResult<Outcome<DevicePairing>>(new DevicePairing("", null, time.GetUtcNow()));

    public bool IsOurs(string modelId, string token) => false;

    public Task<string?> CommandAsync(DeviceCommand command)
    {
        ImmutableInterlocked.Update(ref _commands, static (kept, added) => Add(kept, added), command);
        return Task.FromResult<string?>(null);
    }

    private static ImmutableList<DeviceCommand> Add(ImmutableList<DeviceCommand> kept, DeviceCommand added) =>
        (kept.Count < MaxKept ? kept : kept.RemoveAt(0)).Add(added);
}
