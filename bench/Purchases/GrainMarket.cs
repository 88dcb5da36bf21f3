using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Load;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Bench.Purchases;

/// <summary>The market once more, with the grains called directly.</summary>
internal sealed class GrainMarket(IGrainFactory grains, int users, int models)
{
    private const int AtOnce = 256;
    private const int MostAttempts = 10;
    private const int StatementPage = 20;

    private static readonly Actor Admin = new(ActorRole.Admin, "bench-admin");

    private long _keys;

    public Task OpenAsync() => Parallel.ForAsync(0, models, async (number, _) => await MakeMenuAsync(number));

    /// <summary>Gives tokens to users <paramref name="first"/> and on.</summary>
    public async Task CreditAsync(int first, int count)
    {
        foreach (var some in Enumerable.Range(first, count).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(user => CreditAsync(user)));
        }
    }

    /// <summary>So many buyers at once, each buying again as soon as the purchase before is durable.</summary>
    /// <param name="amongModels">1 for a hot model.</param>
    public async Task<GrainRun> BuyAsync(int buyers, int amongModels, TimeSpan duration)
    {
        var latency = new LatencyHistogram();
        using var self = Process.GetCurrentProcess();
        var (cpuBefore, allocatedBefore) = (self.TotalProcessorTime, GC.GetTotalAllocatedBytes());
        var (pausedBefore, collectedBefore) = (GC.GetTotalPauseDuration(), Collections());
        var startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, buyers).Select(buyer => Task.Run(() => KeepBuyingAsync(buyer))));
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        self.Refresh();
        var purchases = (double)latency.Count;
        return new GrainRun(
            purchases / elapsed.TotalSeconds,
            latency.Percentile(50),
            latency.Percentile(99),
            (self.TotalProcessorTime - cpuBefore).TotalMicroseconds / purchases,
            (GC.GetTotalAllocatedBytes() - allocatedBefore) / purchases,
            (GC.GetTotalPauseDuration() - pausedBefore) / elapsed,
            [.. Collections().Zip(collectedBefore, static (after, before) => after - before)]
        );

        static int[] Collections() => [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount)];

        async Task KeepBuyingAsync(int buyer)
        {
            var chance = new Random(buyer);
            while (Stopwatch.GetElapsedTime(startedAt) < duration)
            {
                var boughtAt = Stopwatch.GetTimestamp();
                await BuyAsync(chance.Next(users), chance.Next(amongModels));
                latency.Add(Stopwatch.GetElapsedTime(boughtAt));
            }
        }
    }

    public async Task BuyAsync(int user, int model)
    {
        var key = Interlocked.Increment(ref _keys).ToString(CultureInfo.InvariantCulture);
        var command = new PurchaseItem(MenuOf(model), ItemOf(model), IdempotencyKey.Parse(key));
        Check(await grains.GetGrain<IPurchaserGrain>(UserOf(user)).Purchase(command));
    }

    public async Task TipAsync(int user, int model)
    {
        var key = Interlocked.Increment(ref _keys).ToString(CultureInfo.InvariantCulture);
        var tip = new SendTip(ModelOf(model), Tokens.Of(Market.Price), null, IdempotencyKey.Parse($"tip-{key}"));
        Check(await grains.GetGrain<IBalanceGrain>(UserOf(user)).Tip(tip));
    }

    /// <summary>The newest page of a user's statement.</summary>
    public Task StatementAsync(int user) =>
        grains.GetGrain<IBalanceGrain>(UserOf(user)).Statement(null, StatementPage, StatementFilter.None);

    private async Task CreditAsync(int user)
    {
        var key = IdempotencyKey.Parse("welcome");
        var command = new CreditBalance(Admin, Tokens.Of(Market.TokensPerUser), "Welcome", key);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Check(await grains.GetGrain<IPersonGrain>(UserOf(user)).Introduce(PersonKind.User));
                Check(await grains.GetGrain<IBalanceGrain>(UserOf(user)).Credit(command));
                return;
            }
            catch (TimeoutException) when (attempt < MostAttempts)
            {
                // A new cluster on a busy machine; the key makes it one credit.
            }
        }
    }

    private async Task MakeMenuAsync(int number)
    {
        var model = ModelOf(number);
        Check(await grains.GetGrain<IModelProfileGrain>(model.Value).Register(new RegisterModel(Admin, "Bench")));
        var menu = grains.GetGrain<IMenuGrain>(MenuOf(number));
        var draft = new MenuDraft("Bench", QueueMode: QueueMode.Off, Visibility: MenuVisibility.Public);
        Check(await menu.Create(new CreateMenu(Admin, model, draft, [])));
        var item = new MenuItemDraft("Song request", TokenValue: Market.Price, BonusLoyaltyPoints: 2);
        Check(await menu.AddItem(new AddMenuItem(Admin, ItemOf(number), item)));
    }

    private static string UserOf(int number) => string.Create(CultureInfo.InvariantCulture, $"user-{number}");

    private static ModelId ModelOf(int number) =>
        ModelId.Parse(string.Create(CultureInfo.InvariantCulture, $"model-{number}"));

    private static string MenuOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x24}");

    private static string ItemOf(int number) => string.Create(CultureInfo.InvariantCulture, $"1{number:x23}");

    private static void Check<T>(Outcome<T> outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The market was refused: {refusal.Code}.");
        }
    }
}

internal sealed record GrainRun(
    double PerSecond,
    TimeSpan P50,
    TimeSpan P99,
    double Microseconds,
    double AllocatedBytes,
    double PausedShare,
    IReadOnlyList<int> Collections
);
