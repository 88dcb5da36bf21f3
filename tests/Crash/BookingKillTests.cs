namespace Actors.Crash.Tests;

/// <summary>BO-2 and BO-4 over the real process: calls are booked and paid while it is killed.</summary>
public sealed class BookingKillTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Spec", "BO-2")]
    [Trait("Spec", "BO-4")]
    [Trait("Spec", "SE-3")]
    public async Task Whatever_the_moment_of_a_kill_nothing_is_paid_without_its_time_and_no_time_is_given_twice()
    {
        var chance = new Random(CrashSettings.Seed);
        await using var site = new BookingSite();
        for (var round = 1; round <= CrashSettings.Rounds; round++)
        {
            await BookUntilKilledAsync(site, chance, first: round == 1);
        }

        await using (var host = await site.StartAsync())
        {
            await site.CheckAsync(await host.EndPointAsync());
        }
        Assert.Contains("every chain is whole", await site.VerifyJournalAsync());
        output.WriteLine(
            $"{CrashSettings.Rounds} kills with seed {CrashSettings.Seed}: "
                + $"{site.Bookers.Sum(static booker => booker.Confirmed.Count)} calls confirmed, "
                + $"{site.Bookers.Sum(static booker => booker.CutOff)} cut off and gone on with."
        );
    }

    private static async Task BookUntilKilledAsync(BookingSite site, Random chance, bool first)
    {
        await using var host = await site.StartAsync();
        var endPoint = await host.EndPointAsync();
        if (first)
        {
            await site.OpenAsync(endPoint, chance);
        }
        await site.CheckAsync(endPoint);
        var load = Task.WhenAll(site.Bookers.Select(booker => Task.Run(() => booker.BookAsync(endPoint))));
        await Task.WhenAny(load, Task.Delay(TimeSpan.FromMilliseconds(chance.Next(100, 900)), TimeProvider.System));
        Assert.False(load.IsCompleted, host.Output);
        await host.KillAsync();
        await load;
    }
}
