namespace Actors.Crash.Tests;

/// <summary>SE-3 and CH-3 over the real process: people talk and listen while it is killed.</summary>
public sealed class MessageKillTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Spec", "SE-3")]
    [Trait("Spec", "CH-1")]
    [Trait("Spec", "CH-3")]
    public async Task Whatever_the_moment_of_a_kill_every_acknowledged_message_is_there_once_and_no_feed_misses_one()
    {
        var chance = new Random(CrashSettings.Seed);
        await using var site = new MessageSite();
        for (var round = 1; round <= CrashSettings.RoundsOfTalk; round++)
        {
            await TalkUntilKilledAsync(site, first: round == 1, TimeSpan.FromMilliseconds(chance.Next(20, 400)));
        }

        await using (var host = await site.StartAsync())
        {
            var endPoint = await host.EndPointAsync();
            await site.CheckMessagesAsync(endPoint);
            await site.CheckFeedsAsync(endPoint);
        }
        Assert.Contains("every chain is whole", await site.VerifyJournalAsync());
        output.WriteLine(
            $"{CrashSettings.RoundsOfTalk} kills with seed {CrashSettings.Seed}: "
                + $"{site.Talkers.Sum(static one => one.Acknowledged.Count)} messages acknowledged, "
                + $"{site.Talkers.Sum(static one => one.CutOff)} cut off and sent again."
        );
    }

    private static async Task TalkUntilKilledAsync(MessageSite site, bool first, TimeSpan after)
    {
        await using var host = await site.StartAsync();
        var endPoint = await host.EndPointAsync();
        if (first)
        {
            await site.OpenAsync(endPoint);
        }
        var ready = site.Followers.Select(static _ => new TaskCompletionSource()).ToArray();
        var following = Task.WhenAll(
            site.Followers.Zip(ready, (one, heard) => one.FollowAsync(endPoint, heard, CancellationToken.None))
        );
        await Task.WhenAll(ready.Select(static one => one.Task));
        if (first)
        {
            await site.BeginAsync(endPoint);
        }
        else
        {
            await site.CheckMessagesAsync(endPoint);
        }
        var talking = Task.WhenAll(site.Talkers.Select(talker => Task.Run(() => talker.TalkAsync(endPoint))));
        await Task.WhenAny(talking, Task.Delay(after, TimeProvider.System));
        Assert.False(talking.IsCompleted, host.Output);
        await host.KillAsync();
        await talking;
        await following;
    }
}
