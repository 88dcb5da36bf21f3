using Actors.Journal.Tools;

namespace Actors.Journal.GrainStorage;

/// <summary>
/// The console's tools for a journal in grain storage. They may run beside the cluster. All return 0 when all is whole, 1
/// when something is damaged, 2 when there is nothing to look at.
/// </summary>
public sealed class StoredJournalTools(IJournal journal, IStreamCatalog catalog, StreamRepair repair, TextWriter output)
{
    /// <summary>Reads every stream whole; names every one that is damaged.</summary>
    public async Task<int> VerifyAsync()
    {
        var (streams, records, damaged) = (0L, 0L, 0L);
        await foreach (var (stream, found) in LookAtAllAsync())
        {
            streams++;
            records += found?.Head.Sequence ?? 0;
            if (found is null || found.Miscounted.Count > 0)
            {
                damaged++;
                await TellAsync(stream, found, applied: false);
            }
        }
        await output.WriteLineAsync(
            damaged == 0
                ? $"{records} records of {streams} streams, every chain is whole"
                : $"{damaged} of {streams} streams are damaged"
        );
        return damaged == 0 ? 0 : 1;
    }

    /// <summary>Sizes by category.</summary>
    public async Task<int> ShowStatisticsAsync()
    {
        var categories = new SortedDictionary<string, (long Streams, StreamFindings Sum)>(StringComparer.Ordinal);
        var damaged = false;
        await foreach (var (stream, found) in LookAtAllAsync())
        {
            if (found is null)
            {
                damaged = true;
                continue;
            }
            var name = stream.Category.ToString();
            var (streams, sum) = categories.GetValueOrDefault(name, (0, new(StreamHead.Empty, 0, 0, [])));
            var head = new StreamHead(sum.Head.Sequence + found.Head.Sequence, 0);
            categories[name] = (streams + 1, new(head, sum.Events + found.Events, sum.Bytes + found.Bytes, []));
        }
        foreach (var (name, (streams, sum)) in categories)
        {
            await output.WriteLineAsync(
                $"{name}: {streams} streams, {sum.Head.Sequence} records, {sum.Events} events, {sum.Bytes} bytes"
            );
        }
        return damaged ? 1 : 0;
    }

    /// <summary>Prints one stream, a JSON object per record, oldest first.</summary>
    public async Task<int> DumpAsync(StreamId stream)
    {
        var found = false;
        try
        {
            await foreach (var record in journal.ReadForwardAsync(stream, 0))
            {
                await output.WriteLineAsync(JournalDump.LineOf(record));
                found = true;
            }
        }
        catch (JournalDamagedException damage)
        {
            await output.WriteLineAsync($"DAMAGED {damage.Message}");
            return 1;
        }
        if (!found)
        {
            await output.WriteLineAsync($"There is no stream {stream}.");
        }
        return found ? 0 : 2;
    }

    /// <summary>Finds records that miscount their events, in one stream or in all, and puts them right when told to.</summary>
    public async Task<int> RepairAsync(StreamId? only, bool apply)
    {
        var (looked, wrong, left) = (0L, 0L, 0L);
        await foreach (var (stream, found) in only is { } one ? LookAtAsync(one) : LookAtAllAsync())
        {
            looked++;
            if (found is { Miscounted.Count: 0 })
            {
                continue;
            }
            wrong++;
            var mended = apply && found is not null ? await RepairAsync(stream) : null;
            await TellAsync(stream, mended ?? found, applied: mended is not null);
            left += mended is null ? 1 : 0;
        }
        await output.WriteLineAsync(
            wrong == 0 ? $"{looked} streams are in order"
            : apply ? $"{wrong} of {looked} streams were damaged, {wrong - left} are repaired"
            : $"{wrong} of {looked} streams are damaged; nothing was changed, --apply does"
        );
        return left == 0 ? 0 : 1;
    }

    private async Task<StreamFindings?> RepairAsync(StreamId stream)
    {
        try
        {
            return await repair.RepairAsync(stream);
        }
        catch (Exception failed)
            when (failed is JournalDamagedException or JournalConflictException or JournalUncertainException)
        {
            await output.WriteLineAsync($"NOT REPAIRED {failed.Message}");
            return null;
        }
    }

    private async Task TellAsync(StreamId stream, StreamFindings? found, bool applied)
    {
        foreach (var record in found?.Miscounted ?? [])
        {
            var verb = applied ? "repaired" : "DAMAGED";
            await output.WriteLineAsync(
                $"{verb} {stream}: record {record.Sequence} said {record.Said} events and holds {record.Held}; "
                    + $"the chain is whole, the stream is at record {found!.Head.Sequence}, event {found.Head.Version}"
            );
        }
    }

    private async IAsyncEnumerable<(StreamId Stream, StreamFindings? Found)> LookAtAllAsync()
    {
        await foreach (var stream in catalog.ListAsync())
        {
            yield return (stream, await LookAsync(stream));
        }
    }

    private async IAsyncEnumerable<(StreamId Stream, StreamFindings? Found)> LookAtAsync(StreamId stream)
    {
        yield return (stream, await LookAsync(stream));
    }

    /// <summary>Null when something else than a count is wrong, which is told.</summary>
    private async Task<StreamFindings?> LookAsync(StreamId stream)
    {
        try
        {
            return await repair.LookAsync(stream);
        }
        catch (JournalDamagedException damage)
        {
            await output.WriteLineAsync($"DAMAGED {damage.Message}");
            return null;
        }
    }
}
