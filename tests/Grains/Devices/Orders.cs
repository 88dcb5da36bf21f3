using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;

namespace Actors.Grains.Tests.Devices;

internal static class Orders
{
    public static readonly DeviceActivation Gentle = new(0, 10, 5, null);

    public static PurchaseId Purchase(long number) => PurchaseId.Of(7, number);

    public static DeviceOrder Order(long number, DateTimeOffset at, int offset = 0, string user = "bo") =>
        new(Purchase(number), user, Gentle with { TimingOffset = offset }, at);
}
