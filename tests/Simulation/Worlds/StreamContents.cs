using Actors.Journal;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>One stream, read record by record.</summary>
internal sealed record StreamContents(IReadOnlyList<RecordedEvent> Events, ulong Digest, long Records)
{
    public const string Reminders = "reminders/all";

    public static async Task<StreamContents> ReadAsync(IJournal journal, string name, Report report)
    {
        var events = new List<RecordedEvent>();
        var (digest, records) = (0xCBF29CE484222325, 0L);
        await foreach (var record in journal.ReadForwardAsync(StreamId.Parse(name), 0))
        {
            if (record.Sequence != ++records || record.FirstVersion != events.Count + 1)
            {
                report.Violation($"record {record.Sequence} of {name} has a gap before it");
            }
            foreach (var json in record.Events)
            {
                events.Add(new RecordedEvent(events.Count + 1, record.At, json));
                digest = Digested(digest, json.Span);
            }
            digest = Digested(digest, record.Mark.Span);
        }
        return new StreamContents(events, digest, records);
    }

    public bool Equals(StreamContents? other) => other is not null && (Digest, Records) == (other.Digest, other.Records);

    public override int GetHashCode() => HashCode.Combine(Digest, Records);

    private static ulong Digested(ulong digest, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            digest = (digest ^ value) * 0x100000001B3;
        }
        return digest;
    }
}
