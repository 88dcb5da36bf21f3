namespace Actors.Crash.Tests;

/// <summary>SE-3 and PM-7 over the real process: tokens move while it is killed.</summary>
public sealed class PurchaseKillTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Spec", "SE-3")]
    [Trait("Spec", "PM-5")]
    [Trait("Spec", "PM-7")]
    [Trait("Spec", "WA-2")]
    public async Task Whatever_the_moment_of_a_kill_every_acknowledged_purchase_is_there_once_and_no_token_is_lost()
    {
        var chance = new Random(CrashSettings.Seed);
        await using var site = new PurchaseSite();
        for (var round = 1; round <= CrashSettings.Rounds; round++)
        {
            if (round % 3 == 0)
            {
                await site.KillWhileStartingAsync(TimeSpan.FromMilliseconds(chance.Next(50, 800)));
            }
            await BuyUntilKilledAsync(site, first: round == 1, TimeSpan.FromMilliseconds(chance.Next(20, 400)));
        }

        await using (var host = await site.StartAsync())
        {
            var endPoint = await host.EndPointAsync();
            await site.CheckPurchasesAsync(endPoint);
            await Task.WhenAll(site.Performers.Select(performer => performer.FinishAsync(endPoint)));
            await site.CheckTokensAsync(endPoint);
        }
        Assert.Contains("every chain is whole", await site.VerifyJournalAsync());
        output.WriteLine(
            $"{CrashSettings.Rounds} kills with seed {CrashSettings.Seed}: "
                + $"{site.Buyers.Sum(static buyer => buyer.AcknowledgedCount)} purchases acknowledged, "
                + $"{site.Buyers.Sum(static buyer => buyer.CutOff)} cut off and asked for again, {site.Proofs} proofs."
        );
    }

    private static async Task BuyUntilKilledAsync(PurchaseSite site, bool first, TimeSpan after)
    {
        await using var host = await site.StartAsync();
        var endPoint = await host.EndPointAsync();
        if (first)
        {
            await site.OpenAsync(endPoint);
        }
        await site.CheckPurchasesAsync(endPoint);
        var load = Task.WhenAll([
            .. site.Buyers.Select(buyer => Task.Run(() => buyer.BuyAsync(endPoint))),
            .. site.Performers.Select(performer => Task.Run(() => performer.PerformAsync(endPoint))),
            Task.Run(() => site.AuditAsync(endPoint)),
        ]);
        await Task.WhenAny(load, Task.Delay(after, TimeProvider.System));
        Assert.False(load.IsCompleted, host.Output);
        await host.KillAsync();
        await load;
    }
}
