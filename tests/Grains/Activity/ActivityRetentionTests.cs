using Actors.GrainInterfaces.Activity;
using Actors.TestKit;

namespace Actors.Grains.Tests.Activity;

/// <summary>What is older than 90 days is gone: from answers at once, and from the disk at most 1/64 of that later.</summary>
[Trait("Spec", "AC-1")]
public sealed class ActivityRetentionTests : IAsyncLifetime
{
    private const int ADay = 20;

    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            // Small files, so that their bytes are what is in them and hardly any room.
            new SimulatedGrainEngineOptions { SegmentBytes = 4 << 10 }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task The_disk_holds_90_days_however_long_somebody_goes_on_and_the_stream_goes_on_behind_its_lost_start()
    {
        for (var day = 0; day < 90; day++)
        {
            await DayAsync(day);
        }
        var after90 = _engine.BytesBelow("activity");
        for (var day = 90; day < 300; day++)
        {
            await DayAsync(day);
            if (day % 50 == 0)
            {
                // The start of the stream is gone, and what comes next has to fit what is left.
                await _engine.DeactivateAllAsync();
            }
        }

        Assert.InRange(_engine.BytesBelow("activity"), after90 * 9 / 10, after90 * 11 / 10);
        await _engine.CrashAsync();
        var oldest = _engine.Time.GetUtcNow().AddDays(-90);
        var activity = _engine.Activity("keeper");
        var shown = 0;
        ListActivity? query = Lists.All;
        while (query is not null)
        {
            var page = (await activity.List(query)).Value!;
            Assert.All(page.Activities, one => Assert.True(one.At >= oldest, $"{one.At}"));
            shown += page.Activities.Count;
            query = page.Next is { } next ? query with { Cursor = next } : null;
        }
        Assert.InRange(shown, 89 * ADay, 90 * ADay);
        Assert.Equal(shown, (await activity.Summarize(90)).Days.Sum(static day => day.Count));
    }

    [Fact]
    public async Task Somebody_who_stays_away_leaves_nothing_behind()
    {
        await _engine.Activity("gone").LogAsync(ActivityCategory.Pet, "feed");
        for (var day = 0; day < 95; day++)
        {
            await _engine.AdvanceAsync(TimeSpan.FromDays(1));
            await _engine.ApplyRetentionAsync();
        }
        await _engine.CrashAsync();

        Assert.Empty(await _engine.Activity("gone").NamesAsync(Lists.All));
        await _engine.Activity("gone").LogAsync(ActivityCategory.Pet, "play");
        var again = Assert.Single((await _engine.Activity("gone").List(Lists.All)).Value!.Activities);
        Assert.Equal(("1", "play"), (again.Id, again.Entry.Action));
    }

    private async Task DayAsync(int day)
    {
        for (var number = 0; number < ADay; number++)
        {
            await _engine.Activity("keeper").LogAsync(ActivityCategory.Pet, $"feed {day} {number}");
        }
        await _engine.AdvanceAsync(TimeSpan.FromDays(1));
        await _engine.ApplyRetentionAsync();
    }
}
