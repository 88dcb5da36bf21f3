using Actors.GrainInterfaces.Devices;

namespace Actors.Grains.Devices;

public static class DeviceFold
{
    public static Device Evolve(Device device, DeviceEvent @event) =>
        @event switch
        {
            DeviceOrdered ordered => Add(Lapse(device, ordered), ordered),
            DeviceSending sending => Begin(device, sending),
            DeviceDone done => Settle(device, done.Number, null, done.At),
            DeviceFailed failed => Settle(device, failed.Number, failed.Failure, failed.At),
            DevicesPaired paired => device with { Paired = paired.Devices, PairedAt = paired.At },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    private static Device Add(Device device, DeviceOrdered ordered)
    {
        var task = new DeviceTask(ordered.Number, ordered.PurchaseId, ordered.UserId, ordered.Activation, ordered.Due);
        // Numbers grow, so among those due at one time the newest goes last.
        var after = device.Waiting.FindLastIndex(waiting => waiting.Due <= task.Due);
        return device with { LastNumber = ordered.Number, Waiting = device.Waiting.Insert(after + 1, task) };
    }

    private static Device Lapse(Device device, DeviceOrdered ordered) =>
        ordered.Lapsed is { } lapsed ? Settle(device, lapsed.Number, DeviceRules.TooMany, ordered.At) : device;

    private static Device Begin(Device device, DeviceSending sending)
    {
        var task = device.Waiting.Find(waiting => waiting.Number == sending.Number)!;
        return device with { Waiting = device.Waiting.Remove(task), Sending = new SendingTask(task, sending.Until) };
    }

    private static Device Settle(Device device, long number, string? failure, DateTimeOffset at)
    {
        if (device.Sending is { } sending && sending.Task.Number == number)
        {
            return Record(device with { Sending = null }, sending.Task, failure, at);
        }
        var task = device.Waiting.Find(waiting => waiting.Number == number)!;
        return Record(device with { Waiting = device.Waiting.Remove(task) }, task, failure, at);
    }

    private static Device Record(Device device, DeviceTask task, string? failure, DateTimeOffset at)
    {
        var kept = device.Recent.Count < DeviceRules.MaxRecent ? device.Recent : device.Recent.RemoveAt(0);
        return device with
        {
            Recent = kept.Add(new DeviceCommandRecord(task.PurchaseId, task.Activation, at, failure)),
        };
    }
}
