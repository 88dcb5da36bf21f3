using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Durability;

namespace Actors.Grains.Templates;

/// <summary>Counts in memory, so that a template in heavy use costs one small event every few seconds and no waiting.</summary>
[GrainType("template-usage")]
public sealed class TemplateUsageGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<TemplateTally, TemplateUsageEvent>(context, services, Definition),
        ITemplateUsageGrain
{
    private static readonly TimeSpan WriteDownAfter = TimeSpan.FromSeconds(5);

    private static readonly Aggregate<TemplateTally, TemplateUsageEvent> Definition = new()
    {
        Initial = TemplateTally.Empty,
        Evolve = TemplateUsageRules.Evolve,
        EventJson = TemplateUsageJson.Default.TemplateUsageEvent,
        StateJson = TemplateUsageJson.Default.TemplateTally,
    };

    private TemplateTally _counted = TemplateTally.Empty;
    private IGrainTimer? _timer;

    public Task CountUse(string? variant)
    {
        Count(variant, new UsageCounts(1, 0, 0));
        return Task.CompletedTask;
    }

    public Task CountOutcome(string? variant, bool success)
    {
        Count(variant, success ? new UsageCounts(0, 1, 0) : new UsageCounts(0, 0, 1));
        return Task.CompletedTask;
    }

    public async Task<TemplateUsage> Get()
    {
        try
        {
            await WriteDownAsync();
        }
        catch (StorageFullException)
        {
            // What is written down already can be read all the same.
        }
        return Durable.ToUsage();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            await WriteDownAsync();
        }
        catch (Exception fault) when (StorageFaults.IsFailedCommit(fault))
        {
            // The storage has failed; what was counted last is given up.
        }
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private void Count(string? variant, UsageCounts counts)
    {
        if (_counted.Counts.IsEmpty)
        {
            ArmTimer();
        }
        _counted = _counted.Plus(variant, counts);
    }

    private Task WriteDownAsync()
    {
        if (_counted.Counts.IsEmpty)
        {
            return WhenDurable();
        }
        var used = new TemplateUsed(Now, _counted.Counts);
        _counted = TemplateTally.Empty;
        return Commit(used);
    }

    private void ArmTimer()
    {
        if (_timer is null)
        {
            var options = new GrainTimerCreationOptions(WriteDownAfter, Timeout.InfiniteTimeSpan) { Interleave = true };
            _timer = this.RegisterGrainTimer(_ => WriteDownAsync(), options);
        }
        else
        {
            _timer.Change(WriteDownAfter, Timeout.InfiniteTimeSpan);
        }
    }
}
