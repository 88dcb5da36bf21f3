using System.Text;
using Actors.Journal;

namespace Actors.TestKit;

/// <summary>A journal as plain lists, and seeded steps that are done to it and to a real one.</summary>
public sealed class JournalModel(int seed)
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private readonly Dictionary<StreamId, List<JournalRecord>> _streams = [];
    private readonly Dictionary<StreamId, List<StreamSnapshot>> _snapshots = [];
    private readonly StreamId[] _ids = [.. Enumerable.Range(0, 5).Select(i => new StreamId("model", $"stream-{i}"))];
    private int _steps;

    /// <summary>One random append, stale append, snapshot or read, which must end as the lists say.</summary>
    public async Task StepAsync(IJournal journal)
    {
        _steps++;
        var stream = _ids[_random.Next(_ids.Length)];
        switch (_random.Next(10))
        {
            case 0:
                await AppendStaleAsync(journal, stream);
                break;
            case 1:
                await SnapshotAsync(journal, stream);
                break;
            case 2:
                await CompareBackwardAsync(journal, stream);
                break;
            default:
                await AppendAsync(journal, stream);
                break;
        }
    }

    public async Task CompareAsync(IJournal journal)
    {
        foreach (var stream in _ids)
        {
            var records = RecordsOf(stream);
            var head = records is [] ? StreamHead.Empty : new StreamHead(records.Count, records[^1].LastVersion);
            Assert.Equal(head, await journal.ReadHeadAsync(stream));
            await CompareForwardAsync(journal, stream, _random.Next(records.Count + 1));
            await CompareBackwardAsync(journal, stream);
            await CompareSnapshotAsync(journal, stream);
        }
    }

    private async Task AppendAsync(IJournal journal, StreamId stream)
    {
        var commit = NewCommit(stream);
        await journal.AppendAsync(commit);
        RecordsOf(stream)
            .Add(new(commit.AfterSequence + 1, commit.AfterVersion + 1, commit.At, commit.Events, commit.Mark));
    }

    private async Task AppendStaleAsync(IJournal journal, StreamId stream)
    {
        var commit = NewCommit(stream);
        var stale = commit with { AfterSequence = commit.AfterSequence + (_random.Next(2) == 0 ? 1 : -1) };
        await Assert.ThrowsAsync<JournalConflictException>(() => journal.AppendAsync(stale).AsTask());
    }

    private async Task SnapshotAsync(IJournal journal, StreamId stream)
    {
        if (RecordsOf(stream) is not [.., var last])
        {
            return;
        }
        var snapshot = new StreamSnapshot(last.Sequence, last.LastVersion, 1, NewJson());
        await journal.WriteSnapshotAsync(stream, snapshot);
        SnapshotsOf(stream).Add(snapshot);
    }

    private async Task CompareForwardAsync(IJournal journal, StreamId stream, int after)
    {
        var found = new List<string>();
        await foreach (var record in journal.ReadForwardAsync(stream, after))
        {
            found.Add(Describe(record));
        }
        Assert.Equal(RecordsOf(stream).Skip(after).Select(Describe), found);
    }

    private async Task CompareBackwardAsync(IJournal journal, StreamId stream)
    {
        var events = RecordsOf(stream)
            .SelectMany(record => record.Events.Select((json, i) => (record.FirstVersion + i, record.At, Text(json))))
            .ToList();
        var before = _random.Next(events.Count + 3);
        var count = _random.Next(8);
        var found = await journal.ReadBackwardAsync(stream, before, count);
        Assert.Equal(
            events.Where(e => e.Item1 < before).Reverse().Take(count),
            found.Select(e => (e.Version, e.At, Text(e.Json)))
        );
    }

    private async Task CompareSnapshotAsync(IJournal journal, StreamId stream)
    {
        if (await journal.ReadSnapshotAsync(stream) is { } found)
        {
            Assert.Contains(SnapshotsOf(stream), s => s.Sequence == found.Sequence && Text(s.Json) == Text(found.Json));
        }
    }

    private Commit NewCommit(StreamId stream)
    {
        var records = RecordsOf(stream);
        var events = Enumerable.Range(0, _random.Next(4)).Select(_ => NewJson()).ToArray();
        return new()
        {
            Stream = stream,
            AfterSequence = records.Count,
            AfterVersion = records is [] ? 0 : records[^1].LastVersion,
            At = Start.AddMinutes(_steps),
            Events = events,
            Mark = events.Length == 0 || _random.Next(3) == 0 ? NewJson() : default,
            WakeAt = _random.Next(3) == 0 ? Start.AddHours(_steps) : null,
        };
    }

    private ReadOnlyMemory<byte> NewJson() =>
        Encoding.UTF8.GetBytes($"\"{new string((char)('a' + _random.Next(26)), _random.Next(600))}\"");

    private List<JournalRecord> RecordsOf(StreamId stream) => Of(_streams, stream);

    private List<StreamSnapshot> SnapshotsOf(StreamId stream) => Of(_snapshots, stream);

    private static List<T> Of<T>(Dictionary<StreamId, List<T>> lists, StreamId stream)
    {
        if (!lists.TryGetValue(stream, out var list))
        {
            lists[stream] = list = [];
        }
        return list;
    }

    private static string Describe(JournalRecord record) =>
        $"{record.Sequence} {record.FirstVersion} {record.At:O} {Text(record.Mark)} {string.Join(' ', record.Events.Select(Text))}";

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
