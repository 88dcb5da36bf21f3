using System.Collections.Immutable;
using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Exports;

/// <summary>The exports of a person: the newest one, and what is to be deleted of others.</summary>
/// <param name="Job">Null before the first, and once the person is erased.</param>
/// <param name="Requests">When the last ones were asked for, as many as count.</param>
public sealed record PersonsExports(
    ExportJob? Job,
    ImmutableArray<DateTimeOffset> Requests,
    ImmutableArray<DoomedExport> Doomed,
    bool IsErased
)
{
    public static readonly PersonsExports None = new(null, [], [], false);

    public DateTimeOffset? NextDue => Doomed.Select(static one => (DateTimeOffset?)one.Due).Append(Job?.Due).Min();
}

/// <param name="Attempts">How often it was begun.</param>
/// <param name="Due">When to look after it; null when it is over.</param>
public sealed record ExportJob(
    long Number,
    PersonKind Kind,
    DateTimeOffset RequestedAt,
    ExportStatus Status,
    int Attempts,
    DateTimeOffset? ReadyAt,
    long Bytes,
    DateTimeOffset? Due
)
{
    public DateTimeOffset? ExpiresAt => ReadyAt + IExportGrain.KeptFor;
}

/// <summary>What is to be deleted: the key, and what each attempt may have left.</summary>
public sealed record DoomedExport(long Number, int Attempts, DateTimeOffset Due);
