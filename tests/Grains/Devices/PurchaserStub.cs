using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;

namespace Actors.Grains.Tests.Devices;

/// <summary>Somebody whom a device can tell of a failure. Goes once purchases are here: the tests do not rely on it.</summary>
[GrainType("purchaser-stub")]
public sealed class PurchaserStub : Grain, IPurchaserGrain
{
    public Task<Outcome<PurchaseReceipt>> Purchase(PurchaseItem command) => throw new NotSupportedException();

    public Task<PurchasePage> History(int limit, int offset) => throw new NotSupportedException();

    public Task<Outcome<PurchaseView>> Find(PurchaseId purchaseId) => throw new NotSupportedException();

    public Task<Outcome<PurchaseView>> FindSettled(PurchaseId purchaseId) => throw new NotSupportedException();

    public Task Settle(Delivery delivery, PurchaseSettlement settlement) => throw new NotSupportedException();

    public Task DeviceFailed(Delivery delivery, PurchaseId purchaseId, string failure) => Task.CompletedTask;
}
