using System.Collections.Immutable;
using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Exports;

/// <summary>When an export is made, how often it is tried, and when it goes. Pure: knows no grain, no clock, no storage.</summary>
public static class ExportRules
{
    public const int MostAttempts = 5;

    /// <summary>Whoever makes an export is heard of so often; who is not has died, and the next one begins.</summary>
    public static readonly TimeSpan LookAfter = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan DeleteAgainAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Null while one is being made.</summary>
    public static Outcome<ExportRequested?> Decide(PersonsExports exports, PersonKind kind, DateTimeOffset now)
    {
        if (exports.IsErased)
        {
            return IdentityRefusals.PersonErased;
        }
        if (exports.Job?.Status == ExportStatus.Requested)
        {
            return (ExportRequested?)null;
        }
        ImmutableArray<DateTimeOffset> recent = [.. exports.Requests.Where(at => at > now - Day)];
        return recent.Length >= IExportGrain.PerDay
            ? ExportRefusals.TooManyExports(recent[^IExportGrain.PerDay] + Day)
            : new ExportRequested(now, Math.Max(now.ToUnixTimeMilliseconds(), (exports.Job?.Number ?? 0) + 1), kind);
    }

    /// <summary>What the agenda finds to do about the newest one; null for nothing.</summary>
    /// <param name="exports">All there is to know.</param>
    /// <param name="isMaking">Whether this activation is making it.</param>
    /// <param name="hasPlace">Whether it could begin to.</param>
    /// <param name="now">The moment.</param>
    public static ExportEvent? DecideDue(PersonsExports exports, bool isMaking, bool hasPlace, DateTimeOffset now)
    {
        if (exports.Job is not { } job || !(job.Due <= now))
        {
            return null;
        }
        return job.Status == ExportStatus.Ready ? new ExportExpired(now)
            : isMaking ? new ExportWentOn(now)
            : job.Attempts >= MostAttempts ? new ExportFailed(now)
            : hasPlace ? new ExportBegun(now)
            : new ExportPutOff(now);
    }

    /// <summary>What has come of an attempt; null when it is not waited for any more.</summary>
    /// <param name="exports">All there is to know.</param>
    /// <param name="attempted">As it was when the attempt began.</param>
    /// <param name="bytes">Null when it did not succeed.</param>
    /// <param name="now">The moment.</param>
    public static ExportEvent? DecideMade(
        PersonsExports exports,
        ExportJob attempted,
        long? bytes,
        DateTimeOffset now
    ) =>
        exports.Job is not { Status: ExportStatus.Requested } job
        || (job.Number, job.Attempts) != (attempted.Number, attempted.Attempts)
            ? null
        : bytes is { } length ? new ExportReady(now, length)
        : new ExportPutOff(now);

    public static ExportErased? DecideErasure(PersonsExports exports, DateTimeOffset now) =>
        exports.IsErased ? null : new ExportErased(now);

    /// <summary>By the clock: whether the agenda has come to it does not matter.</summary>
    public static ExportStatus StatusOf(ExportJob job, DateTimeOffset now) =>
        job.Status == ExportStatus.Ready && job.ExpiresAt <= now ? ExportStatus.Expired : job.Status;

    public static Outcome<ExportFile> Find(PersonsExports exports, DateTimeOffset now) =>
        exports.Job is not { } job
            ? ExportRefusals.ExportNotFound
            : StatusOf(job, now) switch
            {
                ExportStatus.Ready => new ExportFile(job.Number, job.Attempts, job.Bytes),
                ExportStatus.Requested => ExportRefusals.ExportNotReady,
                _ => ExportRefusals.ExportNotFound,
            };
}
