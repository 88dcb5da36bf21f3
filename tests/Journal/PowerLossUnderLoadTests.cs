using System.Collections.Concurrent;
using System.Text;
using Actors.Journal.Tools;
using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>Power goes at some moment while many threads write, segments roll and the index is being saved.</summary>
[Trait("Spec", "SE-3")]
public sealed class PowerLossUnderLoadTests
{
    private const int Streams = 40;

    private readonly ConcurrentDictionary<StreamId, long> _acknowledged = [];

    [Fact]
    public async Task Everything_acknowledged_before_power_was_lost_is_there_afterwards()
    {
        var disk = new SimulatedDisk(1);
        var output = new StringWriter();
        for (var round = 0; round < 6; round++)
        {
            var journal = Open(disk);
            await CheckAsync(journal);
            disk.Faults = new() { CrashAt = disk.Operations + 50 + (round * 97) };
            await Task.WhenAll(
                Enumerable.Range(0, Streams).Select(i => Task.Run(() => WriteUntilCrashAsync(journal, IdOf(i))))
            );
            disk.LosePower();
            Assert.True(await JournalVerifier.RunAsync(Options, disk, output) == 0, output.ToString());
            await journal.DisposeAsync();
        }
        await CheckAsync(Open(disk));
        Assert.True(_acknowledged.Values.Sum() > 1000);
    }

    private async Task WriteUntilCrashAsync(FileJournal journal, StreamId stream)
    {
        var head = await journal.ReadHeadAsync(stream);
        try
        {
            for (var sequence = head.Sequence; ; sequence++)
            {
                await journal.AppendAsync(
                    new()
                    {
                        Stream = stream,
                        AfterSequence = sequence,
                        AfterVersion = sequence,
                        At = Scenario.Start,
                        Events = [Encoding.UTF8.GetBytes($"{sequence}")],
                    }
                );
                _acknowledged[stream] = sequence + 1;
            }
        }
        catch (Exception fault) when (fault is JournalUncertainException or JournalFullException)
        {
            // The next start tells. A machine that stops while it makes a new file has, to who writes, no room.
        }
    }

    private async Task CheckAsync(FileJournal journal)
    {
        foreach (var (stream, acknowledged) in _acknowledged)
        {
            var head = await journal.ReadHeadAsync(stream);
            // At most the one append that was under way may be there besides.
            Assert.InRange(head.Sequence, acknowledged, acknowledged + 1);
            var sequence = 0;
            await foreach (var record in journal.ReadForwardAsync(stream, 0))
            {
                Assert.Equal($"{sequence++}", Encoding.UTF8.GetString(record.Events[0].Span));
            }
            Assert.Equal(head.Sequence, sequence);
        }
    }

    private static JournalOptions Options =>
        new()
        {
            Directory = "/data",
            SegmentBytes = 64 << 10,
            CheckpointBytes = 16 << 10,
        };

    private static FileJournal Open(SimulatedDisk disk) => FileJournal.Open(Options, disk, TimeProvider.System);

    private static StreamId IdOf(int stream) => new("wallet", $"owner-{stream}");
}
