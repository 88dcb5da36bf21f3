using System.Collections.Immutable;
using Actors.GrainInterfaces.Devices;

namespace Actors.Grains.Devices;

/// <summary>Everything that is decided about a device and its orders. Pure: knows no grain, no clock, no I/O.</summary>
public static class DeviceRules
{
    public const int MaxWaiting = 500;
    public const int MaxRecent = 50;
    public const int MaxPaired = 20;
    public const int MaxNameLength = 64;
    public const int MaxFailureLength = 200;

    public const string OutcomeUnknown =
        "Outcome unknown: it cannot be told whether the device did this, and it is not tried again.";
    public const string TooLate = "The device could not be reached in time, and does not run later than it should.";
    public const string TooMany = "Too much was waiting for the device.";

    /// <summary>A command that has no result by then was cut off by a crash. Longer than any service may take to answer.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After an outage a device must not start long after the moment that it was bought for, when nobody expects it.
    /// </summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestOffset = TimeSpan.FromSeconds(300);

    /// <summary>Takes an order in; at the bound the oldest that waits lapses.</summary>
    public static DeviceOrdered Take(Device device, DeviceOrder order, DateTimeOffset now)
    {
        var offset = TimeSpan.FromSeconds(Math.Max(0, order.Activation.TimingOffset));
        var oldest = device.Waiting.Count < MaxWaiting ? null : device.Waiting.MinBy(static task => task.Number);
        return new DeviceOrdered(
            now,
            device.LastNumber + 1,
            order.PurchaseId,
            order.UserId,
            order.Activation,
            order.At + (offset < LongestOffset ? offset : LongestOffset),
            oldest is null ? null : new LapsedOrder(oldest.Number, oldest.PurchaseId, oldest.UserId)
        );
    }

    /// <summary>What is over, and the one command that goes out next: one at a time, so that they arrive in order.</summary>
    public static ImmutableArray<DeviceEvent> DecideDue(Device device, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<DeviceEvent>();
        if (device.Sending is { } lost && lost.Until <= now)
        {
            Decide(Failed(lost.Task, OutcomeUnknown, now));
        }
        while (device.Sending is null && !device.Waiting.IsEmpty && device.Waiting[0].Due <= now)
        {
            var next = device.Waiting[0];
            Decide(
                next.Due + LateAfter < now
                    ? Failed(next, TooLate, now)
                    : new DeviceSending(now, next.Number, now + LostAfter)
            );
        }
        return events.ToImmutable();

        void Decide(DeviceEvent @event)
        {
            events.Add(@event);
            device = DeviceFold.Evolve(device, @event);
        }
    }

    /// <summary>What follows from the result of a command, and what can go out after it. Nothing when it was given up.</summary>
    /// <param name="failure">Null when the device did it.</param>
    public static ImmutableArray<DeviceEvent> DecideResult(
        Device device,
        long number,
        string? failure,
        DateTimeOffset now
    )
    {
        if (device.Sending is not { Task: var task } || task.Number != number)
        {
            return [];
        }
        DeviceEvent result = failure is null
            ? new DeviceDone(now, number)
            : Failed(task, Clipped(failure, MaxFailureLength), now);
        return [result, .. DecideDue(DeviceFold.Evolve(device, result), now)];
    }

    /// <summary>Null when nothing has changed: the service repeats itself as long as its app runs.</summary>
    public static DevicesPaired? Pair(Device device, PairedDevices devices, DateTimeOffset now)
    {
        var known = devices
            .Devices.Take(MaxPaired)
            .Select(static one => new PairedDevice(Name(one.DeviceId), Name(one.Name), one.Online))
            .OrderBy(static one => one.DeviceId, StringComparer.Ordinal)
            .ToImmutableArray();
        return device.PairedAt is not null && known.SequenceEqual(device.Paired) ? null : new DevicesPaired(now, known);
    }

    private static DeviceFailed Failed(DeviceTask task, string failure, DateTimeOffset now) =>
        new(now, task.Number, task.PurchaseId, task.UserId, failure);

    private static string Name(string text) =>
        Clipped(string.Concat(text.Where(static letter => !char.IsControl(letter))), MaxNameLength);

    private static string Clipped(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }
        // Half of a surrogate pair is no text.
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
