using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Purchases;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using Azure;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Purchases;

/// <summary>A grain that is awake while the storage, which has its history, is away.</summary>
[Trait("Spec", "PM-4"), Trait("Spec", "SE-3")]
public sealed class UnreadableHistoryTests : IAsyncLifetime
{
    public static readonly TheoryData<Exception> Faults = new()
    {
        new RequestFailedException(503, "Server busy"),
        new AggregateException("Retry failed after 4 tries.", new IOException("Connection reset by peer")),
        new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout."),
    };

    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await SimulatedGrainEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_repeat_whose_first_answer_cannot_be_read_is_told_to_ask_again_and_then_gets_it(Exception fault)
    {
        var shop = await Shop.OpenAsync(_engine, "far");
        var wave = await shop.SellsAsync("Wave", 10);
        await _engine.WithTokensAsync("ben", 25);
        var first = (await shop.BuyAsync("ben", wave, "k")).Value!;

        _engine.Journal.ReadFault = fault;
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => shop.BuyAsync("ben", wave, "k"));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() =>
            shop.Purchaser("ben").History(20, 0, PurchaseFilter.None)
        );
        _engine.Journal.ReadFault = null;

        _engine.Journal.ReadFault = new Journal.JournalDamagedException("/data/0000000001.log", 512, "changed");
        await Assert.ThrowsAsync<StorageDamagedException>(() =>
            shop.Purchaser("ben").History(20, 0, PurchaseFilter.None)
        );
        _engine.Journal.ReadFault = null;

        Assert.Equal(first, (await shop.BuyAsync("ben", wave, "k")).Value);
        Assert.Equal(Of(15), (await _engine.Balance("ben").Get()).Available);
    }
}
