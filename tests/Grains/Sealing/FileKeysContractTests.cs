using Actors.Grains.Hosting;
using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Sealing;

public sealed class FileKeysContractTests : ErasableKeysContract, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-keys-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    protected override async ValueTask<IErasableKeys> OpenAsync()
    {
        var options = new JournalOptions { Directory = Path.Combine(_directory, "journal") };
        var disk = new PhysicalDisk();
        await using var journal = FileJournal.Open(options, disk, TimeProvider.System);
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IDisk>(disk);
        services.AddSingleton<IJournal>(journal);
        services.AddErasableKeys(options);
        return services.BuildServiceProvider().GetRequiredService<IErasableKeys>();
    }
}

public sealed class SimulatedKeysContractTests : ErasableKeysContract
{
    private readonly KeyDirectory _directory = new(1);

    protected override ValueTask<IErasableKeys> OpenAsync() => new(_directory.Open());
}
