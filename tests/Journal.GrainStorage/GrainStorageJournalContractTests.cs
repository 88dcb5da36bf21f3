using Actors.TestKit;

namespace Actors.Journal.GrainStorage.Tests;

/// <summary>The contract as it runs in a cluster. Opening again is another silo.</summary>
public sealed class GrainStorageJournalContractTests : JournalContract
{
    private readonly Rig _rig = new();

    protected override ValueTask<IJournal> OpenAsync() => new(_rig.Open(new GrainStorageJournalOptions()));
}

/// <summary>The contract with a storage that never answers at once, as none over a network does.</summary>
public sealed class DistantStorageContractTests : JournalContract
{
    private readonly Rig _rig = new();

    public DistantStorageContractTests() => _rig.Storage.Latency = static async _ => await Task.Yield();

    protected override ValueTask<IJournal> OpenAsync() => new(_rig.Open(new GrainStorageJournalOptions()));
}

/// <summary>The contract with segments so small that every test rolls, without a cache, and encrypted.</summary>
public sealed class SmallEncryptedSegmentContractTests : JournalContract
{
    private readonly Rig _rig = new();

    protected override ValueTask<IJournal> OpenAsync() =>
        new(_rig.Open(Rig.Small with { SegmentRecords = 2, CacheBytes = 0, Key = new byte[32] }));
}
