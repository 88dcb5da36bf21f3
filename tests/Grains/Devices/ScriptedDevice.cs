using System.Collections.Concurrent;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Devices;

namespace Actors.Grains.Tests.Devices;

/// <summary>Remembers every command and answers as the test says.</summary>
internal sealed class ScriptedDevice : IDevice
{
    private readonly ConcurrentQueue<DeviceCommand> _commands = new();

    public Func<DeviceCommand, Task<string?>> Answer { get; set; } = static _ => Task.FromResult<string?>(null);

    public IReadOnlyList<DeviceCommand> Commands => [.. _commands];

    public string Service => "scripted";

    public bool IsAlwaysPaired => false;

    public Task<Outcome<DevicePairing>> PairAsync(string modelId, string displayName) =>
        Task.FromResult<Outcome<DevicePairing>>(
            new DevicePairing($"https://qr.example/{displayName}", null, DateTimeOffset.UnixEpoch)
        );

    public bool IsOurs(string modelId, string token) => token == $"token of {modelId}";

    public Task<string?> CommandAsync(DeviceCommand command)
    {
        _commands.Enqueue(command);
        return Answer(command);
    }
}
