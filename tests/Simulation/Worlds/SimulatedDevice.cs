using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Devices;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>What can go wrong with a device.</summary>
internal enum DeviceTrouble
{
    Refuses,
    BreaksOff,
    AnswersTooLate,
}

/// <summary>The devices of all models. They outlive every process, so what reached them is written down outside.</summary>
internal sealed class SimulatedDevice(ICollection<DeviceCommand> reached, FaultPlan faults, TimeProvider time) : IDevice
{
    private static readonly TimeSpan TooLong = DeviceRules.LostAfter * 2;

    public string Service => "simulated";

    public bool IsAlwaysPaired => true;

    public Task<Outcome<DevicePairing>> PairAsync(string modelId, string displayName) =>
        Task.FromResult<Outcome<DevicePairing>>(new DevicePairing("", null, time.GetUtcNow()));

    public bool IsOurs(string modelId, string token) => false;

    public async Task<string?> CommandAsync(DeviceCommand command)
    {
        reached.Add(command);
        var trouble = faults.NextForDevice();
        await Task.Delay(trouble == DeviceTrouble.AnswersTooLate ? TooLong : faults.DelayOfDevice(), time);
        return trouble switch
        {
            DeviceTrouble.Refuses => "The device is not there.",
            DeviceTrouble.BreaksOff => throw new IOException("The device was there a moment ago."),
            _ => null,
        };
    }
}
