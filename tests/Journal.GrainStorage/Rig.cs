using System.Text;
using Actors.TestKit.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Journal.GrainStorage.Tests;

/// <summary>Journals of several silos over one storage, with segments of three records so that they roll often.</summary>
internal sealed class Rig
{
    public static readonly StreamId Stream = new("mood", "ana");
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly GrainStorageJournalOptions Small = new() { SegmentRecords = 3, RetryAfter = TimeSpan.Zero };

    private int _silos;

    public MemoryGrainStorage Storage { get; } = new();

    /// <summary>The journal of one more silo, knowing nothing.</summary>
    public GrainStorageJournal Open(GrainStorageJournalOptions? options = null) =>
        new(
            Storage,
            options ?? Small,
            new Guid(++_silos, 0, 0, new byte[8]),
            TimeProvider.System,
            NullLogger<GrainStorageJournal>.Instance
        );

    public static Commit CommitOf(StreamHead after, params string[] events) =>
        new()
        {
            Stream = Stream,
            AfterSequence = after.Sequence,
            AfterVersion = after.Version,
            At = Start.AddSeconds(after.Sequence),
            Events = [.. events.Select(json => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(json))],
        };

    /// <summary>Appends one commit per text, each of one event.</summary>
    public static async Task<StreamHead> AppendAsync(IJournal journal, StreamHead after, params string[] texts)
    {
        foreach (var text in texts)
        {
            await journal.AppendAsync(CommitOf(after, text));
            after = new StreamHead(after.Sequence + 1, after.Version + 1);
        }
        return after;
    }

    public static string[] Texts(int count, int first = 1) => [.. Enumerable.Range(first, count).Select(Text)];

    public static string Text(int number) => $$"""{"n":{{number}}}""";

    /// <summary>Every event, oldest first, as a silo that has just started reads them.</summary>
    public async Task<string[]> ReadAllAsync(GrainStorageJournalOptions? options = null)
    {
        List<string> found = [];
        await foreach (var record in Open(options).ReadForwardAsync(Stream, 0))
        {
            found.AddRange(record.Events.Select(json => Encoding.UTF8.GetString(json.Span)));
        }
        return [.. found];
    }
}
