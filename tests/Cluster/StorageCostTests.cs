using System.Globalization;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;
using Actors.Grains.Tests.Purchases;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit.Processes;

namespace Actors.Cluster.Tests;

/// <summary>What purchases cost in requests of the storage, counted by the storage itself.</summary>
[Trait("Spec", "SE-3")]
public sealed class StorageCostTests : IAsyncLifetime
{
    /// <summary>Longer than a wallet is left alone between two writes.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private AzuriteProcess _azurite = null!;
    private ClusterGrainEngine _engine = null!;
    private Shop _shop = null!;
    private string _item = "";

    /// <summary>A storage of its own, which counts: others would be counted too.</summary>
    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteProcess.StartAsync(countsCalls: true);
        _engine = await ClusterGrainEngine.StartAsync(_azurite.ConnectionString, "cost");
        _shop = await Shop.OpenAsync(_engine, "ana");
        _item = await _shop.SellsAsync("Song", 5);
        foreach (var user in (string[])["ben", "cleo"])
        {
            await _engine.WithTokensAsync(user, 1_000_000);
        }
        Assert.Null((await _shop.BuyAsync("ben", _item, "first")).Refusal);
        Assert.Null((await _shop.BuyAsync("cleo", _item, "first")).Refusal);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    [Fact]
    public async Task A_cold_purchase_costs_four_requests_and_one_for_the_wallet()
    {
        // Reminders that nobody has needed for so long are taken back; here they tick every second, and would wake who is cold.
        await _engine.AdvanceAsync(ReminderWakeUps.KeptIdle + TimeSpan.FromMinutes(5));
        await SettledAsync();
        await _engine.DeactivateAllAsync();
        await SettledAsync();
        // Menu and wallet are in use, the buyer is not.
        Assert.Null((await _shop.BuyAsync("ben", _item, "warm")).Refusal);

        var calls = await CountAsync(async () => Assert.Null((await _shop.BuyAsync("cleo", _item, "cold")).Refusal));

        // Where the stream ends, and its segment; the reminder; the purchase. Then the wallet's own record.
        Assert.Equal("GET head 1, GET segment 1, PATCH reminder 1, PUT segment 2", Describe(calls));
    }

    [Fact]
    public async Task A_warm_purchase_costs_one_request_and_one_for_the_wallet()
    {
        var calls = await CountAsync(async () => Assert.Null((await _shop.BuyAsync("ben", _item, "next")).Refusal));

        Assert.Equal("PUT segment 2", Describe(calls));
    }

    [Fact]
    public async Task Many_purchases_at_once_share_their_requests()
    {
        const int purchases = 200;

        var calls = await CountAsync(async () =>
        {
            var bought = await Task.WhenAll(Enumerable.Range(0, purchases).Select(number => BuyAsync("ben", number)));
            Assert.All(bought, static receipt => Assert.NotNull(receipt));
        });

        Assert.InRange((double)calls.Values.Sum() / purchases, 0.0, 0.3);
    }

    [Fact]
    public async Task What_is_in_memory_is_read_without_a_request()
    {
        var balance = _engine.Grains.GetGrain<IBalanceGrain>("ben");

        var calls = await CountAsync(async () =>
        {
            Assert.Equal(1_000_000 - 5, (await balance.Get()).Available.Count);
            Assert.NotEmpty((await balance.Statement(null, 20, StatementFilter.None)).Movements);
            Assert.NotEmpty((await _shop.Purchaser("ben").History(20, 0, PurchaseFilter.None)).Purchases);
        });

        Assert.Empty(calls);
    }

    private async Task<PurchaseReceipt?> BuyAsync(string user, int number) =>
        (await _shop.BuyAsync(user, _item, string.Create(CultureInfo.InvariantCulture, $"many-{number}"))).Value;

    private async Task<IReadOnlyDictionary<string, long>> CountAsync(Func<Task> what)
    {
        await SettledAsync();
        var before = _azurite.Calls!.Counts;
        await what();
        await SettledAsync();
        return StorageCalls.Between(before, _azurite.Calls!.Counts);
    }

    /// <summary>
    /// Until nobody has asked the storage for anything for a while. Real time, for the emulator's log comes by a pipe and the courier
    /// rests by the clock on the wall.
    /// </summary>
    private async Task SettledAsync()
    {
        IReadOnlyDictionary<string, long> before;
        do
        {
            before = _azurite.Calls!.Counts;
            await Task.Delay(Settling, TimeProvider.System);
        } while (StorageCalls.Between(before, _azurite.Calls.Counts).Count > 0);
    }

    private static string Describe(IReadOnlyDictionary<string, long> calls) =>
        string.Join(
            ", ",
            calls
                .OrderBy(static call => call.Key, StringComparer.Ordinal)
                .Select(static call => $"{call.Key} {call.Value}")
        );
}
