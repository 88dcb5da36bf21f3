using Actors.Journal;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>One stream, read record by record.</summary>
/// <param name="Digests">Of the stream up to and including each record.</param>
internal sealed record StreamContents(IReadOnlyList<RecordedEvent> Events, IReadOnlyList<ulong> Digests)
{
    public static async Task<StreamContents> ReadAsync(IJournal journal, string name, Report report)
    {
        var events = new List<RecordedEvent>();
        var digests = new List<ulong>();
        var digest = 0xCBF29CE484222325;
        await foreach (var record in journal.ReadForwardAsync(StreamId.Parse(name), 0))
        {
            if (record.Sequence != digests.Count + 1 || record.FirstVersion != events.Count + 1)
            {
                report.Violation($"record {record.Sequence} of {name} has a gap before it");
            }
            foreach (var json in record.Events)
            {
                events.Add(new RecordedEvent(events.Count + 1, record.At, json));
                digest = Digested(digest, json.Span);
            }
            digest = Digested(digest, record.Mark.Span);
            digests.Add(digest);
        }
        return new StreamContents(events, digests);
    }

    /// <summary>Whether nothing of an earlier reading is gone or changed, and only bookkeeping has come since.</summary>
    public bool Continues(StreamContents earlier) =>
        Events.Count == earlier.Events.Count && Digests.Take(earlier.Digests.Count).SequenceEqual(earlier.Digests);

    private static ulong Digested(ulong digest, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            digest = (digest ^ value) * 0x100000001B3;
        }
        return digest;
    }
}
