using Actors.Journal.Disks;
using Actors.TestKit;
using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>The contract on the machine's own file system.</summary>
public sealed class FileJournalContractTests : JournalContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override ValueTask<IJournal> OpenAsync() =>
        new(FileJournal.Open(new() { Directory = _directory.Path }, new PhysicalDisk(), TimeProvider.System));
}

/// <summary>The contract with segments and saved indexes so small that every test meets many of them.</summary>
public sealed class SmallSegmentContractTests : JournalContract
{
    private readonly SimulatedDisk _disk = new(1);

    protected override ValueTask<IJournal> OpenAsync()
    {
        var options = new JournalOptions
        {
            Directory = "/data",
            SegmentBytes = 4096,
            CheckpointBytes = 8192,
        };
        return new(FileJournal.Open(options, _disk, TimeProvider.System));
    }
}
