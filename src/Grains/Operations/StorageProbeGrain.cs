using Actors.GrainInterfaces.Operations;
using Orleans.Concurrency;

namespace Actors.Grains.Operations;

/// <summary>Lets others ask this silo's storage. It is no durable grain: one that had to load first could not say that loading fails.</summary>
[StatelessWorker(1)]
public sealed class StorageProbeGrain(IGrainContext context, StorageProbe probe) : Grain(context), IStorageProbeGrain
{
    public Task<StorageAnswer> Probe() => probe.AskAsync();
}
