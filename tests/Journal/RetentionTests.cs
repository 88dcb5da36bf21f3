using System.Text;
using Actors.TestKit.Disks;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Journal.Tests;

/// <summary>What has a retention age is gone from the disk once it is older; everything else stays.</summary>
[Trait("Spec", "AC-1")]
public sealed class RetentionTests
{
    private const string Retained = Scenario.Root + "/retained/activity";
    private static readonly StreamId Ana = new("activity", "ana");
    private static readonly StreamId Ben = new("activity", "ben");
    private static readonly StreamId Wallet = new("wallet", "ana");

    private readonly SimulatedDisk _disk = new(1);
    private readonly FakeTimeProvider _time = new(Scenario.Start);

    public RetentionTests() => SynchronizationContext.SetSynchronizationContext(null);

    [Fact]
    public async Task Records_older_than_their_age_are_gone_and_the_stream_begins_later()
    {
        var journal = Open();
        for (var day = 0; day < 200; day++)
        {
            Append(journal, Ana, day);
            await NextDayAsync(journal);
        }

        var records = await RecordsAsync(journal, Ana);

        Assert.InRange(records.Count, 90, 93);
        Assert.Equal(200, records[^1].Sequence);
        Assert.All(records, record => Assert.True(record.At > _time.GetUtcNow().AddDays(-93)));
        Assert.Equal(records[0].FirstVersion, (await journal.ReadBackwardAsync(Ana, long.MaxValue, 1000))[^1].Version);
        Assert.Equal(new StreamHead(200, 200), await journal.ReadHeadAsync(Ana));
        Assert.InRange(_disk.Files.Count(file => file.StartsWith(Retained, StringComparison.Ordinal)), 1, 95);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_whose_start_is_gone_opens_again_and_goes_on(bool withIndex)
    {
        var journal = Open();
        for (var day = 0; day < 150; day++)
        {
            Append(journal, Ana, day);
            await NextDayAsync(journal);
        }
        var before = (await RecordsAsync(journal, Ana)).Select(record => record.Sequence).ToList();
        await journal.DisposeAsync();
        DeleteIndexesUnless(withIndex);

        journal = Open();
        Assert.Equal(before, (await RecordsAsync(journal, Ana)).Select(record => record.Sequence));
        for (var day = 150; day < 160; day++)
        {
            Append(journal, Ana, day);
        }
        Assert.Equal(160, (await RecordsAsync(journal, Ana))[^1].Sequence);
        Assert.Equal(140, Assert.Single(await journal.ReadBackwardAsync(Ana, 141, 1)).Version);
        Assert.Equal(0, await Tools.JournalVerifier.RunAsync(Options, _disk.Copy(1), TextWriter.Null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_with_nothing_left_is_as_if_it_had_never_been(bool withIndex)
    {
        var journal = Open();
        Append(journal, Ana, 0);
        await journal.WriteSnapshotAsync(Ana, new(1, 1, 1, "1"u8.ToArray()));
        for (var day = 0; day < 100; day++)
        {
            Append(journal, Ben, day);
            await NextDayAsync(journal);
        }
        Assert.Equal(StreamHead.Empty, await journal.ReadHeadAsync(Ana));
        Assert.Empty(await RecordsAsync(journal, Ana));
        Assert.Null(await journal.ReadSnapshotAsync(Ana));
        await journal.DisposeAsync();
        DeleteIndexesUnless(withIndex);

        journal = Open();
        Assert.Equal(StreamHead.Empty, await journal.ReadHeadAsync(Ana));
        Append(journal, Ana, 0);
        Assert.Equal(1, Assert.Single(await RecordsAsync(journal, Ana)).Sequence);
    }

    [Fact]
    public async Task An_idle_log_is_emptied_too()
    {
        var journal = Open();
        Append(journal, Ana, 0);
        for (var day = 0; day < 100; day++)
        {
            await NextDayAsync(journal);
        }

        Assert.Equal(StreamHead.Empty, await journal.ReadHeadAsync(Ana));
        Assert.Single(_disk.Files, file => file.StartsWith(Retained, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Power_lost_at_any_moment_of_deleting_many_segments_leaves_a_log_that_opens()
    {
        for (var operation = 1; operation <= 40; operation++)
        {
            var disk = new SimulatedDisk(operation);
            var journal = FileJournal.Open(Options, disk, _time);
            for (var day = 0; day < 15; day++)
            {
                Append(journal, Ana, day);
                await NextDayAsync(journal);
            }
            _time.Advance(TimeSpan.FromDays(100));
            disk.Faults = new() { CrashAt = disk.Operations + operation };
            await NextDayAsync(journal);
            disk.LosePower();

            journal = FileJournal.Open(Options, disk, _time);

            Assert.InRange((await RecordsAsync(journal, Ana)).Count, 0, 15);
        }
    }

    [Fact]
    public async Task Categories_without_an_age_are_kept_for_ever()
    {
        var journal = Open();
        Append(journal, Wallet, 0);
        Append(journal, Ana, 0);
        for (var day = 0; day < 400; day++)
        {
            await NextDayAsync(journal);
        }

        Assert.Single(await RecordsAsync(journal, Wallet));
    }

    [Fact]
    public async Task An_age_for_a_category_that_already_has_streams_elsewhere_stops_the_start()
    {
        var journal = Open(Options with { Retention = new Dictionary<string, TimeSpan>() });
        Append(journal, Ana, 0);
        await journal.DisposeAsync();

        Assert.Throws<ArgumentException>(() => Open());
    }

    [Fact]
    public async Task A_category_that_lost_its_age_keeps_its_log_and_nothing_goes()
    {
        var journal = Open();
        Append(journal, Ana, 0);
        await journal.DisposeAsync();

        journal = Open(Options with { Retention = new Dictionary<string, TimeSpan>() });
        for (var day = 0; day < 400; day++)
        {
            await NextDayAsync(journal);
        }

        Assert.Single(await RecordsAsync(journal, Ana));
    }

    [Fact]
    public async Task A_start_deletes_what_became_too_old_while_nothing_ran()
    {
        var journal = Open();
        Append(journal, Ana, 0);
        await journal.DisposeAsync();
        _time.Advance(TimeSpan.FromDays(91));

        journal = Open();
        journal.WriteOnce();
        await journal.ApplyRetentionAsync();

        Assert.Empty(await RecordsAsync(journal, Ana));
    }

    private static JournalOptions Options =>
        new()
        {
            Directory = Scenario.Root,
            Drive = JournalDrive.Manual,
            SegmentBytes = 4096,
            CheckpointBytes = 10_000,
            Retention = new Dictionary<string, TimeSpan> { ["activity"] = TimeSpan.FromDays(90) },
        };

    private FileJournal Open(JournalOptions? options = null) => FileJournal.Open(options ?? Options, _disk, _time);

    private void Append(FileJournal journal, StreamId stream, long after)
    {
        var append = journal
            .AppendAsync(
                new()
                {
                    Stream = stream,
                    AfterSequence = after,
                    AfterVersion = after,
                    At = _time.GetUtcNow(),
                    Events = [Encoding.UTF8.GetBytes($"{after}")],
                }
            )
            .AsTask();
        journal.WriteOnce();
        append.GetAwaiter().GetResult();
    }

    private async Task NextDayAsync(FileJournal journal)
    {
        _time.Advance(TimeSpan.FromDays(1));
        var retention = journal.ApplyRetentionAsync();
        journal.WriteOnce();
        await retention;
    }

    private static async Task<List<JournalRecord>> RecordsAsync(FileJournal journal, StreamId stream)
    {
        var records = new List<JournalRecord>();
        await foreach (var record in journal.ReadForwardAsync(stream, 0))
        {
            records.Add(record);
        }
        return records;
    }

    private void DeleteIndexesUnless(bool kept)
    {
        foreach (var file in _disk.Files.Where(f => !kept && f.EndsWith(".idx", StringComparison.Ordinal)).ToList())
        {
            _disk.DeleteFile(file);
        }
    }
}
