using Actors.GrainInterfaces.Exports;

namespace Actors.Grains.Exports;

/// <summary>What events make of a person's exports. Pure.</summary>
public static class ExportFold
{
    public static PersonsExports Evolve(PersonsExports exports, ExportEvent @event) =>
        @event switch
        {
            ExportRequested requested => Add(exports, requested),
            ExportBegun begun => With(
                exports,
                job => job with { Attempts = job.Attempts + 1, Due = begun.At + ExportRules.LookAfter }
            ),
            ExportWentOn on => With(exports, job => job with { Due = on.At + ExportRules.LookAfter }),
            ExportPutOff put => With(exports, job => job with { Due = put.At + ExportRules.RetryAfter }),
            ExportReady ready => With(
                exports,
                job =>
                    job with
                    {
                        Status = ExportStatus.Ready,
                        ReadyAt = ready.At,
                        Bytes = ready.Bytes,
                        Due = ready.At + IExportGrain.KeptFor,
                    }
            ),
            ExportFailed failed => End(exports, ExportStatus.Failed, failed.At),
            ExportExpired expired => End(exports, ExportStatus.Expired, expired.At),
            ExportErased erased => Doom(exports, erased.At) with { Job = null, IsErased = true },
            ExportsDeleted deleted => exports with
            {
                Doomed = exports.Doomed.RemoveAll(one => deleted.Numbers.Contains(one.Number)),
            },
            DeletionPutOff put => exports with { Doomed = [.. exports.Doomed.Select(one => PutOff(one, put.At))] },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    private static PersonsExports Add(PersonsExports exports, ExportRequested requested) =>
        Doom(exports, requested.At) with
        {
            Job = new ExportJob(
                requested.Number,
                requested.Kind,
                requested.At,
                ExportStatus.Requested,
                Attempts: 0,
                ReadyAt: null,
                Bytes: 0,
                requested.At
            ),
            Requests = [.. exports.Requests.TakeLast(IExportGrain.PerDay - 1), requested.At],
        };

    private static PersonsExports With(PersonsExports exports, Func<ExportJob, ExportJob> change) =>
        exports with
        {
            Job = change(exports.Job!),
        };

    private static PersonsExports End(PersonsExports exports, ExportStatus status, DateTimeOffset at) =>
        With(Doom(exports, at), job => job with { Status = status, Due = null });

    /// <summary>What the newest one has left is to be deleted; whoever still makes it is given the time to end.</summary>
    private static PersonsExports Doom(PersonsExports exports, DateTimeOffset at) =>
        exports.Job is { Due: not null } job
            ? exports with
            {
                Doomed = exports.Doomed.Add(
                    new DoomedExport(
                        job.Number,
                        job.Attempts,
                        job is { Status: ExportStatus.Requested, Attempts: > 0 } ? at + ExportRules.LookAfter : at
                    )
                ),
            }
            : exports;

    private static DoomedExport PutOff(DoomedExport one, DateTimeOffset at) =>
        one.Due <= at ? one with { Due = at + ExportRules.DeleteAgainAfter } : one;
}
