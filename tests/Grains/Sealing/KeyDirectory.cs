using Actors.Grains.Attachments;
using Actors.Grains.Hosting;
using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.TestKit.Disks;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Sealing;

/// <summary>A machine's data on a simulated disk, whose journal has been made.</summary>
internal sealed class KeyDirectory
{
    public const string ErasedList = "/elsewhere/erased";

    private static readonly Commit First = new()
    {
        Stream = new("test", "one"),
        AfterSequence = 0,
        AfterVersion = 0,
        At = DateTimeOffset.UnixEpoch,
        Events = ["{}"u8.ToArray()],
    };

    private readonly Random _random;

    /// <summary>Closed: it has made the key, and keeps nobody out.</summary>
    private readonly FileJournal _journal;

    private KeyDirectory(KeyDirectory other) =>
        (_random, _journal, Disk, Options, Time, Erased) = (
            other._random,
            other._journal,
            other.Disk,
            other.Options,
            other.Time,
            other.Erased
        );

    public KeyDirectory(int seed)
    {
#pragma warning disable RS0030 // Its seed is given.
        _random = new Random(seed);
#pragma warning restore RS0030
        Disk = new SimulatedDisk(seed);
        Options = new JournalOptions
        {
            Directory = "/data/journal",
            Drive = JournalDrive.Manual,
            RandomBytes = _random.NextBytes,
        };
        _journal = FileJournal.Open(Options, Disk, TimeProvider.System);
        var append = _journal.AppendAsync(First).AsTask();
        _journal.WriteOnce();
        append.GetAwaiter().GetResult();
        _journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    public SimulatedDisk Disk { get; }

    public JournalOptions Options { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string? Erased { get; init; }

    /// <summary>Another directory of the same disk, under the same key of the journal.</summary>
    public KeyDirectory At(string directory) =>
        new(this) { Options = Options with { Directory = directory, KeyFile = Options.KeyFile } };

    /// <summary>As the host opens them, with nothing remembered.</summary>
    public IErasableKeys Open()
    {
        var services = new ServiceCollection();
        services.AddSingleton(Time);
        services.AddSingleton<IDisk>(Disk);
        services.AddSingleton<IJournal>(_journal);
        services.AddErasableKeys(Options, Erased);
        return services.BuildServiceProvider().GetRequiredService<IErasableKeys>();
    }

    public IAttachmentStore Attachments() => SealingHosting.AttachmentsOf(Options, Disk);

    /// <summary>Bytes of all files that anybody could find on the disk.</summary>
    public IEnumerable<byte[]> Contents() => Disk.Files.Select(Disk.Contents);
}
