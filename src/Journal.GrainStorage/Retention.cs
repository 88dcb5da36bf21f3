using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Actors.Journal.GrainStorage;

/// <summary>
/// What happens when a stream has grown by a segment: the head hint moves on, and segments whose newest record is past
/// its retention are cleared.
/// </summary>
/// <remarks>
/// The head says first that a segment no longer belongs to the stream, then the segment is cleared, then the head says
/// so. A crash anywhere leaves a stream that reads right, and the next segment finishes the work. Nothing here can fail a
/// commit, which is durable already.
/// </remarks>
internal sealed partial class Retention(GrainStorageJournalOptions options, ILogger logger)
{
    private const int ClearAtOnce = 16;

    /// <param name="known">
    /// The head as it was found or written last; null when it has to be read. It is written under its tag, so that an old one is
    /// found out before anything follows from it.
    /// </param>
    /// <returns>The head as it is now; null when that is not known.</returns>
    /// <exception cref="JournalConflictException">
    /// The stream went on without the writer for so long that the number it has just taken had expired and was free again.
    /// </exception>
    public async Task<StoredValue<HeadState>?> SegmentAddedAsync(
        StreamRecords records,
        Segment added,
        DateTimeOffset now,
        StoredValue<HeadState>? known
    )
    {
        var number = added.Number;
        if (number == 1)
        {
            return known;
        }
        try
        {
            return await AddAsync(records, added, now, known ?? await records.ReadHeadAsync());
        }
        catch (InconsistentStateException) when (known is not null)
        {
            // Somebody else has written it since, and perhaps let segments expire.
            return await SegmentAddedAsync(records, added, now, known: null);
        }
        catch (Exception exception) when (exception is not JournalConflictException)
        {
            LogBehind(exception, records.Stream, number);
            return null;
        }
    }

    private async Task<StoredValue<HeadState>> AddAsync(
        StreamRecords records,
        Segment added,
        DateTimeOffset now,
        StoredValue<HeadState> head
    )
    {
        var number = added.Number;
        if (number < head.State.First)
        {
            var (newest, _) = await records.ReadSegmentAsync(head.State.Segment);
            await records.ClearSegmentAsync(number);
            var found = newest?.Head.Sequence ?? long.MaxValue;
            throw new JournalConflictException(records.Stream, added.State.FirstSequence - 1, found);
        }
        var first = await FirstKeptAsync(records, Math.Max(head.State.First, 1), number, now);
        await WriteAsync(records, head, Math.Max(head.State.Segment, number), first, head.State.Cleared);
        var cleared = Math.Min(head.State.Cleared + ClearAtOnce, first - 1);
        if (cleared <= head.State.Cleared)
        {
            return head;
        }
        for (var expired = head.State.Cleared + 1; expired <= cleared; expired++)
        {
            await ClearAsync(records, expired);
        }
        await WriteAsync(records, head, head.State.Segment, first, cleared);
        return head;
    }

    private async Task<long> FirstKeptAsync(StreamRecords records, long first, long tail, DateTimeOffset now)
    {
        if (!options.Retention.TryGetValue(records.Stream.Category.ToString(), out var kept))
        {
            return first;
        }
        for (var looked = 0; first < tail && looked < ClearAtOnce; looked++, first++)
        {
            var (segment, _) = await records.ReadSegmentAsync(first);
            if (segment is not null && segment.Records[^1].Header.At >= now - kept)
            {
                break;
            }
        }
        return first;
    }

    private static async Task ClearAsync(StreamRecords records, long number)
    {
        if ((await records.ReadSegmentAsync(number)).Segment is { } segment)
        {
            await LargeBodies.ClearAsync(records, segment);
            await records.ClearSegmentAsync(number);
        }
    }

    private static Task WriteAsync(
        StreamRecords records,
        StoredValue<HeadState> head,
        long segment,
        long first,
        long cleared
    )
    {
        head.State = new HeadState
        {
            Stream = records.Stream.Value,
            Segment = segment,
            First = first,
            Cleared = cleared,
        };
        return records.WriteHeadAsync(head);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The head of {Stream} was not brought up to segment {Number}; the next segment does it"
    )]
    private partial void LogBehind(Exception exception, StreamId stream, long number);
}
