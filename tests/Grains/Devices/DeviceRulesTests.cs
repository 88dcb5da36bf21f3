using Actors.GrainInterfaces.Devices;
using Actors.Grains.Devices;
using static Actors.Grains.Tests.Devices.Orders;

namespace Actors.Grains.Tests.Devices;

[Trait("Spec", "PM-11")]
public sealed class DeviceRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_order_is_due_its_offset_after_the_purchase_and_not_after_its_arrival()
    {
        var ordered = DeviceRules.Take(Device.None, Order(1, Now, offset: 30), Now.AddSeconds(12));

        Assert.Equal((1L, Now.AddSeconds(30), null), (ordered.Number, ordered.Due, ordered.Lapsed));
        Assert.Equal(Now.AddSeconds(30), DeviceFold.Evolve(Device.None, ordered).NextDue);
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(301, 300)]
    [InlineData(int.MaxValue, 300)]
    public void An_offset_out_of_range_is_bounded(int offset, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), DeviceRules.Take(Device.None, Order(1, Now, offset), Now).Due);

    [Fact]
    public void Nothing_is_sent_before_its_time()
    {
        var device = Given(Order(1, Now, offset: 30));

        Assert.Empty(DeviceRules.DecideDue(device, Now.AddSeconds(29)));
        Assert.Equal(
            new DeviceSending(Now.AddSeconds(30), 1, Now.AddSeconds(60)),
            Assert.Single(DeviceRules.DecideDue(device, Now.AddSeconds(30)))
        );
    }

    [Fact]
    public void Of_two_that_are_due_the_second_waits_for_the_result_of_the_first()
    {
        var device = Given(Order(1, Now), Order(2, Now));

        device = Evolve(device, DeviceRules.DecideDue(device, Now));
        Assert.Equal(1, device.Sending!.Task.Number);
        Assert.Empty(DeviceRules.DecideDue(device, Now.AddSeconds(29)));

        var after = DeviceRules.DecideResult(device, 1, null, Now.AddSeconds(2));
        Assert.Equal([new DeviceDone(Now.AddSeconds(2), 1), Sending(2, Now.AddSeconds(2))], after);
    }

    [Fact]
    public void A_later_purchase_with_a_shorter_offset_goes_first_and_equals_go_in_order()
    {
        var device = Given(Order(1, Now, 20), Order(2, Now, 10), Order(3, Now, 20), Order(4, Now, 10));

        Assert.Equal([2, 4, 1, 3], device.Waiting.Select(static task => task.Number));
    }

    [Fact]
    public void A_command_without_result_in_its_time_has_failed_and_is_never_sent_again()
    {
        var device = Given(Order(1, Now));
        device = Evolve(device, DeviceRules.DecideDue(device, Now));

        var late = Now + DeviceRules.LostAfter;
        var events = DeviceRules.DecideDue(device, late);

        Assert.Equal(new DeviceFailed(late, 1, Purchase(1), "bo", DeviceRules.OutcomeUnknown), Assert.Single(events));
        var after = Evolve(device, events);
        Assert.Null(after.NextDue);
        Assert.Empty(DeviceRules.DecideDue(after, late.AddDays(1)));
        // An answer that comes after all changes nothing.
        Assert.Empty(DeviceRules.DecideResult(after, 1, null, late));
    }

    [Fact]
    public void An_order_that_an_outage_has_held_up_lapses_instead_of_running_when_nobody_expects_it()
    {
        var device = Given(Order(1, Now), Order(2, Now, offset: 300));
        var after = Now + DeviceRules.LateAfter + TimeSpan.FromSeconds(1);

        Assert.Equal(
            [new DeviceFailed(after, 1, Purchase(1), "bo", DeviceRules.TooLate), Sending(2, after)],
            DeviceRules.DecideDue(device, after)
        );
    }

    [Fact]
    public void At_most_500_wait_and_the_oldest_lapses_for_the_next()
    {
        var orders = Enumerable.Range(1, DeviceRules.MaxWaiting).Select(i => Order(i, Now, offset: 300 - (i / 2)));
        var device = Given([.. orders]);

        var ordered = DeviceRules.Take(device, Order(501, Now), Now);

        Assert.Equal(new LapsedOrder(1, Purchase(1), "bo"), ordered.Lapsed);
        var after = DeviceFold.Evolve(device, ordered);
        Assert.Equal(DeviceRules.MaxWaiting, after.Waiting.Count);
        Assert.DoesNotContain(after.Waiting, static task => task.Number == 1);
        Assert.Equal(DeviceRules.TooMany, after.Recent.Single().Failure);
    }

    [Fact]
    public void The_newest_50_results_are_kept()
    {
        var device = Device.None;
        for (var number = 1; number <= 60; number++)
        {
            device = DeviceFold.Evolve(device, DeviceRules.Take(device, Order(number, Now), Now));
            device = Evolve(device, DeviceRules.DecideDue(device, Now));
            device = Evolve(device, DeviceRules.DecideResult(device, number, null, Now));
        }

        Assert.Equal(DeviceRules.MaxRecent, device.Recent.Count);
        Assert.Equal((Purchase(11), Purchase(60)), (device.Recent[0].PurchaseId, device.Recent[^1].PurchaseId));
    }

    [Fact]
    public void A_long_failure_is_clipped()
    {
        var device = Given(Order(1, Now));
        device = Evolve(device, DeviceRules.DecideDue(device, Now));

        var failed = (DeviceFailed)DeviceRules.DecideResult(device, 1, new string('x', 199) + "😀", Now)[0];

        Assert.Equal(new string('x', 199), failed.Failure);
    }

    [Fact]
    public void What_the_service_says_of_devices_is_bounded_and_said_once()
    {
        var toys = Enumerable
            .Range(10, 30)
            .Select(static i => new PairedDevice($"toy{i}", $"lush\n{new string('x', 100)}", true));
        var said = new PairedDevices("token", [.. toys]);

        var paired = DeviceRules.Pair(Device.None, said, Now)!;

        Assert.Equal(DeviceRules.MaxPaired, paired.Devices.Length);
        Assert.All(paired.Devices, static one => Assert.Equal($"lush{new string('x', 60)}", one.Name));
        var device = DeviceFold.Evolve(Device.None, paired);
        Assert.Null(DeviceRules.Pair(device, said, Now.AddMinutes(1)));
        Assert.Empty(DeviceRules.Pair(device, new PairedDevices("token", []), Now)!.Devices);
        // To have paired an app without toys is something else than never to have paired.
        Assert.NotNull(DeviceRules.Pair(Device.None, new PairedDevices("token", []), Now));
    }

    private static Device Given(params DeviceOrder[] orders) =>
        orders.Aggregate(
            Device.None,
            static (device, order) => DeviceFold.Evolve(device, DeviceRules.Take(device, order, Now))
        );

    private static Device Evolve(Device device, IEnumerable<DeviceEvent> events) =>
        events.Aggregate(device, DeviceFold.Evolve);

    private static DeviceSending Sending(long number, DateTimeOffset at) => new(at, number, at + DeviceRules.LostAfter);
}
