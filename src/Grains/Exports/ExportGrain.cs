using System.Globalization;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Activity;
using Actors.Grains.Attachments;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Exports;

// Longer than the making of an export may take: nobody has to ask for it meanwhile.
[GrainType("export"), CollectionAgeLimit(Hours = 1)]
public sealed partial class ExportGrain(
    IGrainContext context,
    DurableServices services,
    ExportMaker maker,
    IAttachmentStore store,
    IErasableKeys keys,
    ILogger<ExportGrain> logger
) : EventSourcedGrain<PersonsExports, ExportEvent>(context, services, Definition), IExportGrain
{
    private static readonly Aggregate<PersonsExports, ExportEvent> Definition = new()
    {
        Initial = PersonsExports.None,
        Evolve = ExportFold.Evolve,
        NextDue = static exports => exports.NextDue,
        EventJson = ExportJson.Default.ExportEvent,
        StateJson = ExportJson.Default.PersonsExports,
    };

    private readonly OutsideCalls _calls = new(services.Time);
    private CancellationTokenSource? _stop;
    private ExportProgress? _making;

    public Task<Outcome<ExportView>> Request(PersonKind kind) =>
        Apply<ExportRequested?, ExportView>(ExportRules.Decide(Current, kind, Now), View);

    public Task<Outcome<ExportView>> Get() => Task.FromResult(View());

    public Task<Outcome<ExportFile>> FindFile() => Task.FromResult(ExportRules.Find(Durable, Now));

    public async Task Erase()
    {
        await (ExportRules.DecideErasure(Current, Now) is { } erased ? Commit(erased) : WhenDurable());
        _stop?.Cancel();
        foreach (var doomed in Current.Doomed)
        {
            await keys.DestroyAsync(ExportNames.KeyOf(Key, doomed.Number));
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stop?.Cancel();
        await _calls.EndAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        var isMaking = _making is not null;
        var hasPlace = !isMaking && maker.HasPlace;
        if (ExportRules.DecideDue(Current, isMaking, hasPlace, now) is { } @event)
        {
            await Commit(@event);
            if (@event is ExportBegun && Current.Job is { Status: ExportStatus.Requested } job)
            {
                Begin(job);
            }
        }
        await DeleteAsync([.. Current.Doomed.Where(one => one.Due <= now)]);
    }

    protected override IReadOnlyList<Effect> EffectsOf(ExportEvent @event, long version) =>
        @event is ExportRequested
            ? [ActivityEffects.To(Key, new ActivityEntry(ActivityCategory.System, "export_requested"))]
            : [];

    private void Begin(ExportJob job)
    {
        var progress = new ExportProgress();
        var stop = new CancellationTokenSource();
        (_making, _stop) = (progress, stop);
        _calls.Begin(
            async () =>
            {
                var bytes = await maker.MakeAsync(GrainFactory, Key, job, progress, stop.Token);
                (_making, _stop) = (null, null);
                stop.Dispose();
                return bytes;
            },
            bytes => SettleAsync(job, bytes)
        );
    }

    private async Task SettleAsync(ExportJob job, long? bytes)
    {
        if (ExportRules.DecideMade(Current, job, bytes, Now) is { } made)
        {
            await Commit(made);
        }
    }

    private async Task DeleteAsync(IReadOnlyList<DoomedExport> doomed)
    {
        var deleted = new List<long>();
        foreach (var one in doomed)
        {
            if (await TryDeleteAsync(one))
            {
                deleted.Add(one.Number);
            }
        }
        if (deleted.Count > 0)
        {
            await Commit(new ExportsDeleted(Now, [.. deleted]));
        }
        if (deleted.Count < doomed.Count)
        {
            await Commit(new DeletionPutOff(Now));
        }
    }

    /// <summary>The key first: nobody reads the file from then on, whatever becomes of it.</summary>
    private async Task<bool> TryDeleteAsync(DoomedExport doomed)
    {
        try
        {
            await keys.DestroyAsync(ExportNames.KeyOf(Key, doomed.Number));
            for (var attempt = 1; attempt <= doomed.Attempts; attempt++)
            {
                await store.DeleteAsync(ExportNames.FileOf(Key, doomed.Number, attempt));
            }
            return true;
        }
        catch (Exception fault) when (StorageFaults.IsFailedRead(fault))
        {
            LogPutOff(logger, fault);
            return false;
        }
    }

    private Outcome<ExportView> View()
    {
        if (Durable.Job is not { } job)
        {
            return ExportRefusals.ExportNotFound;
        }
        var status = ExportRules.StatusOf(job, Now);
        var parts = ExportParts.NamesOf(job.Kind);
        IReadOnlyList<string> done =
            job.ReadyAt is not null ? parts
            : _making is { } making ? making.Done
            : [];
        return new ExportView(
            job.Number.ToString(CultureInfo.InvariantCulture),
            status,
            job.RequestedAt,
            done,
            parts.Count,
            job.ReadyAt,
            job.ExpiresAt,
            job.ReadyAt is null ? null : job.Bytes
        );
    }

    [LoggerMessage(LogLevel.Warning, "An export could not be deleted; it is tried again")]
    private static partial void LogPutOff(ILogger logger, Exception fault);
}
