using System.Globalization;
using Actors.Grains.Attachments;
using Actors.Grains.Sealing;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Exports;

/// <summary>
/// Writes an export into the store as it is read: memory holds a page of it and a chunk of the file. A few at a time in each process.
/// </summary>
public sealed partial class ExportMaker(
    IAttachmentStore store,
    IErasableKeys keys,
    TimeProvider time,
    ILogger<ExportMaker> logger
)
{
    private const int AtOnce = 4;

    private static readonly TimeSpan MakeAtMost = TimeSpan.FromMinutes(30);

    private int _running;

    /// <summary>A few more than these may run: several grains may see the last place.</summary>
    public bool HasPlace => Volatile.Read(ref _running) < AtOnce;

    /// <returns>Bytes of the file; null when it did not come about, whatever the reason.</returns>
    internal async Task<long?> MakeAsync(
        IGrainFactory grains,
        string personId,
        ExportJob job,
        ExportProgress progress,
        CancellationToken stop
    )
    {
        Interlocked.Increment(ref _running);
        try
        {
            using var limit = new CancellationTokenSource(MakeAtMost, time);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
            return await WriteAsync(grains, personId, job, progress, patience.Token);
        }
        catch (Exception fault)
        {
            LogNotMade(logger, fault, job.Attempts.ToString(CultureInfo.InvariantCulture));
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task<long?> WriteAsync(
        IGrainFactory grains,
        string personId,
        ExportJob job,
        ExportProgress progress,
        CancellationToken cancellation
    )
    {
        for (var earlier = 1; earlier < job.Attempts; earlier++)
        {
            await store.DeleteAsync(ExportNames.FileOf(personId, job.Number, earlier), cancellation);
        }
        if (await keys.OpenAsync(ExportNames.KeyOf(personId, job.Number)) is not { } key)
        {
            return null;
        }
        var parts = new ExportParts(grains, store, keys, personId, job);
        await using var zip = new ZipReadStream(parts.ReadAsync(progress), job.RequestedAt);
        return await store.WriteAsync(ExportNames.FileOf(personId, job.Number, job.Attempts), key, zip, cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} to make an export did not succeed")]
    private static partial void LogNotMade(ILogger logger, Exception fault, string attempt);
}
