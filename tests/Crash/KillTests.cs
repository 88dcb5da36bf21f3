using Actors.TestKit;

namespace Actors.Crash.Tests;

/// <summary>SE-3 over the real process.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Spec", "SE-3")]
    public async Task Whatever_the_moment_of_a_kill_every_acknowledged_change_and_its_effect_are_there_once()
    {
        var chance = new Random(CrashSettings.Seed);
        await using var site = new CrashSite();
        for (var round = 1; round <= CrashSettings.Rounds; round++)
        {
            if (round % 3 == 0)
            {
                await site.KillWhileStartingAsync(TimeSpan.FromMilliseconds(chance.Next(50, 800)));
            }
            await WriteUntilKilledAsync(site, first: round == 1, TimeSpan.FromMilliseconds(chance.Next(20, 400)));
        }

        await using (var host = await site.StartAsync())
        {
            await site.CheckHistoriesAsync(await host.EndPointAsync());
            await site.CheckNotificationsAsync(await host.EndPointAsync());
        }
        Assert.Contains("every chain is whole", await site.VerifyJournalAsync());
        output.WriteLine(
            $"{CrashSettings.Rounds} kills with seed {CrashSettings.Seed}: {site.Writers.Sum(static writer => writer.Acknowledged.Count)} changes "
                + $"acknowledged, {site.Writers.Sum(static writer => writer.Unanswered.Count)} cut off unanswered."
        );
    }

    private static async Task WriteUntilKilledAsync(CrashSite site, bool first, TimeSpan after)
    {
        await using var host = await site.StartAsync();
        var endPoint = await host.EndPointAsync();
        if (first)
        {
            await site.RegisterAsync(endPoint);
        }
        await site.CheckHistoriesAsync(endPoint);
        var writing = Task.WhenAll(site.Writers.Select(writer => Task.Run(() => writer.WriteAsync(endPoint))));
        if (first)
        {
            // On a busy machine the first moments may be over before an admin was heard.
            await Eventually.TrueAsync(() =>
                writing.IsCompleted
                || site.Writers.Where(static writer => writer.Overrides)
                    .All(static writer => writer.Acknowledged.Count > 0)
            );
        }
        await Task.WhenAny(writing, Task.Delay(after, TimeProvider.System));
        Assert.False(writing.IsCompleted, host.Output);
        await host.KillAsync();
        await writing;
    }
}
