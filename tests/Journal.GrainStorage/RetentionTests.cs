using Actors.TestKit.Storage;

namespace Actors.Journal.GrainStorage.Tests;

/// <summary>Commits are a second apart, segments hold three, and records are kept for ten seconds.</summary>
public class RetentionTests
{
    private const int Commits = 40;

    private static readonly GrainStorageJournalOptions Kept = Rig.Small with
    {
        Retention = new Dictionary<string, TimeSpan> { ["mood"] = TimeSpan.FromSeconds(10) },
    };

    [Fact]
    public async Task Expired_segments_vanish_from_storage_and_what_is_kept_reads_on_with_its_numbers()
    {
        var rig = new Rig();

        var head = await Rig.AppendAsync(rig.Open(Kept), StreamHead.Empty, Rig.Texts(Commits));

        Assert.DoesNotContain("segment-0000000001 journal/mood.ana", rig.Storage.Names);
        Assert.InRange(rig.Storage.Names.Count, 4, 7);
        var found = await rig.ReadAllAsync();
        Assert.InRange(found.Length, 11, 16);
        Assert.Equal(Rig.Texts(found.Length, Commits + 1 - found.Length), found);
        Assert.Equal(found.Length, (await rig.Open().ReadBackwardAsync(Rig.Stream, long.MaxValue, 100)).Count);
        Assert.Equal(head, await rig.Open().ReadHeadAsync(Rig.Stream));
    }

    [Fact]
    public async Task Parts_of_large_commits_expire_with_them()
    {
        var rig = new Rig();
        var large = $"\"{new string('x', 300_000)}\"";
        var head = await Rig.AppendAsync(rig.Open(Kept), StreamHead.Empty, large);

        await Rig.AppendAsync(rig.Open(Kept), head, Rig.Texts(Commits));

        Assert.DoesNotContain(rig.Storage.Names, static name => name.StartsWith("part-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Categories_without_a_retention_are_kept_for_ever()
    {
        var rig = new Rig();
        var others = Kept with
        {
            Retention = new Dictionary<string, TimeSpan> { ["activity"] = TimeSpan.FromSeconds(1) },
        };

        await Rig.AppendAsync(rig.Open(others), StreamHead.Empty, Rig.Texts(Commits));

        Assert.Equal(Rig.Texts(Commits), await rig.ReadAllAsync());
    }

    [Theory]
    [InlineData(StorageFault.FailBefore)]
    [InlineData(StorageFault.FailAfter)]
    public async Task A_silo_killed_anywhere_while_segments_expire_leaves_a_stream_that_reads_right(StorageFault fault)
    {
        var clean = new Rig();
        await Rig.AppendAsync(clean.Open(Kept), StreamHead.Empty, Rig.Texts(Commits));
        for (var killedAt = 1; killedAt <= clean.Storage.Operations; killedAt++)
        {
            var rig = new Rig();
            rig.Storage.Faults = request =>
                request.Number < killedAt ? StorageFault.None
                : request.Number == killedAt ? fault
                : StorageFault.FailBefore;
            await Record.ExceptionAsync(() => Rig.AppendAsync(rig.Open(Kept), StreamHead.Empty, Rig.Texts(Commits)));
            rig.Storage.Faults = static _ => StorageFault.None;

            var successor = rig.Open(Kept);
            var head = await successor.ReadHeadAsync(Rig.Stream);
            var found = await rig.ReadAllAsync();
            Assert.Equal(Rig.Texts(found.Length, (int)head.Sequence + 1 - found.Length), found);
            await Rig.AppendAsync(successor, head, Rig.Texts(30, (int)head.Sequence + 1));
            Assert.InRange(rig.Storage.Names.Count, 4, 7);
        }
    }

    [Fact]
    public async Task A_writer_so_stale_that_its_place_has_expired_is_refused_all_the_same()
    {
        var rig = new Rig();
        var stale = rig.Open(Kept);
        var head = await Rig.AppendAsync(stale, StreamHead.Empty, Rig.Texts(3));
        await Rig.AppendAsync(rig.Open(Kept), head, Rig.Texts(Commits, 4));
        var before = await rig.ReadAllAsync();

        await Assert.ThrowsAsync<JournalConflictException>(() => Rig.AppendAsync(stale, head, """{"stale":true}"""));

        Assert.Equal(before, await rig.ReadAllAsync());
        Assert.DoesNotContain("segment-0000000002 journal/mood.ana", rig.Storage.Names);
    }
}
