using System.Text;
using Actors.TestKit.Disks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Journal.Tests;

/// <summary>
/// A journal on a simulated disk, driven by hand, with a record of what it was asked and what it acknowledged. Segments and
/// saved indexes are tiny, so that a short run meets every kind of file operation.
/// </summary>
internal sealed class Scenario
{
    public const string Root = "/data";
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<StreamId, List<string>> _asked = [];
    private readonly Dictionary<StreamId, int> _acknowledged = [];
    private readonly Random _chance;

    public Scenario(int seed, SimulatedDisk? disk = null)
    {
        Disk = disk ?? new SimulatedDisk(seed);
        _chance = new Random(seed);
        // The test runner's context would move continuations to other threads.
        SynchronizationContext.SetSynchronizationContext(null);
    }

    public SimulatedDisk Disk { get; }
    public FakeTimeProvider Time { get; } = new(Start);
    public FileJournal? Journal { get; private set; }

    /// <summary>The time between two rounds; at twelve days a run lasts longer than activity is kept.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromDays(12);
    public int SegmentBytes { get; init; } = 4096;
    public ILogger? Logger { get; set; }

    public JournalOptions Options =>
        new()
        {
            Directory = Root,
            Drive = JournalDrive.Manual,
            SegmentBytes = SegmentBytes,
            CheckpointBytes = 3000,
            Retention = new Dictionary<string, TimeSpan> { ["activity"] = TimeSpan.FromDays(90) },
            RandomBytes = _chance.NextBytes,
        };

    public FileJournal Open(JournalOptions? options = null) =>
        Journal = FileJournal.Open(options ?? Options, Disk, Time, Logger);

    /// <summary>Opens, writes, closes, opens again and writes on; any of it may be cut short by the disk.</summary>
    public void Run(int rounds = 8)
    {
        Open();
        WriteRounds(0, rounds);
        Journal!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Open();
        WriteRounds(rounds, rounds);
    }

    /// <summary>Runs until done or until the disk has had enough.</summary>
    public void RunUntilFault(int rounds = 8)
    {
        try
        {
            Run(rounds);
        }
        catch (Exception error) when (error is IOException or JournalUncertainException or JournalFullException)
        {
            // What was acknowledged until here must hold.
        }
    }

    public void WriteRounds(int first, int rounds)
    {
        for (var round = first; round < first + rounds; round++)
        {
            Time.Advance(Pace);
            var appends = new List<Task>();
            for (var i = 0; i <= round % 3; i++)
            {
                appends.Add(Append(new("wallet", $"owner-{(round + i) % 4}"), round));
            }
            appends.Add(Append(new("activity", $"person-{round % 2}"), round));
            Journal!.WriteOnce();
            foreach (var append in appends)
            {
                append.GetAwaiter().GetResult();
            }
            if (round % 2 == 1)
            {
                Snapshot(new("wallet", $"owner-{round % 4}"));
            }
            if (round % 5 == 4)
            {
                Journal.ApplyRetentionAsync();
            }
        }
    }

    public Task Append(StreamId stream, int round)
    {
        var asked = AskedOf(stream);
        var text = $"\"{stream} {round} {asked.Count} {new string('x', 40 + (round * 37 % 500))}\"";
        var append = Journal!
            .AppendAsync(
                new()
                {
                    Stream = stream,
                    AfterSequence = asked.Count,
                    AfterVersion = asked.Count,
                    At = Time.GetUtcNow(),
                    Events = [Encoding.UTF8.GetBytes(text)],
                    WakeAt = round % 3 == 0 ? Start : null,
                }
            )
            .AsTask();
        asked.Add(text);
        return Note(append, stream, asked.Count);
    }

    public void Snapshot(StreamId stream)
    {
        var sequence = _acknowledged.GetValueOrDefault(stream);
        if (sequence > 0)
        {
            var json = Encoding.UTF8.GetBytes($"\"state of {stream} at {sequence} {new string('s', 300)}\"");
            Journal!.WriteSnapshotAsync(stream, new(sequence, sequence, 1, json)).AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Everything acknowledged is there, nothing is doubled or foreign, what was not acknowledged is whole or absent.</summary>
    public async Task CheckAsync(IJournal journal)
    {
        foreach (var (stream, asked) in _asked)
        {
            var records = new List<JournalRecord>();
            await foreach (var record in journal.ReadForwardAsync(stream, 0))
            {
                records.Add(record);
            }
            var head = await journal.ReadHeadAsync(stream);
            Assert.InRange(head.Sequence, _acknowledged.GetValueOrDefault(stream), asked.Count);
            var gone = (int)head.Sequence - records.Count;
            Assert.True(gone == 0 || stream.Category is "activity");
            Assert.Equal(
                Enumerable.Range(gone + 1, records.Count).Select(i => (long)i),
                records.Select(r => r.Sequence)
            );
            var texts = records.Select(r => Encoding.UTF8.GetString(r.Events[0].Span)).ToList();
            Assert.Equal(asked.Skip(gone).Take(records.Count), texts);
            var newest = await journal.ReadBackwardAsync(stream, long.MaxValue, 3);
            Assert.Equal(Enumerable.Reverse(texts).Take(3), newest.Select(e => Encoding.UTF8.GetString(e.Json.Span)));
            await CheckSnapshotAsync(journal, stream, head);
        }
    }

    /// <summary>After a restart: what the journal has is the truth from here on.</summary>
    public async Task AdoptAsync(IJournal journal)
    {
        foreach (var (stream, asked) in _asked)
        {
            var head = await journal.ReadHeadAsync(stream);
            asked.RemoveRange((int)head.Sequence, asked.Count - (int)head.Sequence);
            _acknowledged[stream] = asked.Count;
        }
    }

    /// <summary>Goes on with a journal that another scenario has written.</summary>
    public Task AdoptFromAsync(Scenario other, IJournal journal)
    {
        foreach (var (stream, asked) in other._asked)
        {
            _asked[stream] = [.. asked];
        }
        return AdoptAsync(journal);
    }

    public long Acknowledged => _acknowledged.Values.Sum();

    private static async Task CheckSnapshotAsync(IJournal journal, StreamId stream, StreamHead head)
    {
        if (await journal.ReadSnapshotAsync(stream) is { } snapshot)
        {
            Assert.InRange(snapshot.Sequence, 1, head.Sequence);
            Assert.StartsWith(
                $"\"state of {stream} at {snapshot.Sequence} ",
                Encoding.UTF8.GetString(snapshot.Json.Span),
                StringComparison.Ordinal
            );
        }
    }

    private async Task Note(Task append, StreamId stream, int sequence)
    {
        await append;
        _acknowledged[stream] = sequence;
    }

    private List<string> AskedOf(StreamId stream)
    {
        if (!_asked.TryGetValue(stream, out var asked))
        {
            _asked[stream] = asked = [];
        }
        return asked;
    }
}
