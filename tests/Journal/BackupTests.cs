using Actors.Journal.Format;
using Actors.Journal.Tools;

namespace Actors.Journal.Tests;

/// <summary>A copy that is made while the journal is in use, and brought back.</summary>
[Trait("Spec", "CL-6")]
public sealed class BackupTests : IDisposable
{
    private const string Backup = "/backup";
    private const string Restored = "/restored";

    private readonly Scenario _scenario = new(8) { Pace = TimeSpan.FromMinutes(1) };
    private readonly StringWriter _output = new();

    public BackupTests()
    {
        _scenario.Open();
        _scenario.WriteRounds(0, 12);
    }

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task What_was_acknowledged_before_the_backup_began_is_there_after_it_was_restored()
    {
        Assert.Equal(0, await BackUpAsync());
        _scenario.WriteRounds(20, 12);
        Assert.Equal(0, await RestoreAsync());

        var restored = FileJournal.Open(RestoredOptions, _scenario.Disk, _scenario.Time);
        var then = restored.ListStreams();
        Assert.Equal(6, then.Count);
        var records = 0;
        foreach (var stream in then)
        {
            var all = await _scenario.Journal!.ReadBackwardAsync(stream, long.MaxValue, 1000);
            var kept = await restored.ReadBackwardAsync(stream, long.MaxValue, 1000);
            Assert.NotEmpty(kept);
            records += kept.Count;
            Assert.Equal(Texts(all).Skip(all.Count - kept.Count), Texts(kept));
        }
        Assert.Equal(24 + 12, records);
    }

    [Fact]
    public async Task A_restored_journal_is_written_on()
    {
        await BackUpAsync();
        await RestoreAsync();
        await _scenario.Journal!.DisposeAsync();
        var journal = FileJournal.Open(RestoredOptions, _scenario.Disk, _scenario.Time);
        var stream = journal.ListStreams()[0];
        var head = await journal.ReadHeadAsync(stream);

        var append = journal.AppendAsync(
            new()
            {
                Stream = stream,
                AfterSequence = head.Sequence,
                AfterVersion = head.Version,
                At = Scenario.Start,
                Events = ["1"u8.ToArray()],
            }
        );
        journal.WriteOnce();
        await append;
        await journal.DisposeAsync();

        Assert.Equal(0, await JournalVerifier.RunAsync(RestoredOptions, _scenario.Disk, _output));
    }

    [Fact]
    public async Task The_key_is_in_no_backup()
    {
        await BackUpAsync();

        Assert.DoesNotContain(
            _scenario.Disk.Files,
            static file =>
                file.StartsWith(Backup, StringComparison.Ordinal) && file.EndsWith(".key", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_target_that_is_not_empty_is_refused_and_left_as_it_is()
    {
        Assert.Equal(0, await BackUpAsync());
        var before = _scenario.Disk.Files.Order().ToList();

        Assert.Equal(2, await BackUpAsync());
        Assert.Equal(0, await RestoreAsync());
        var after = _scenario.Disk.Files.Order().ToList();
        Assert.Equal(2, await RestoreAsync());

        Assert.Contains("is not empty", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(after, _scenario.Disk.Files.Order());
        Assert.True(after.Count > before.Count);
    }

    [Fact]
    public async Task A_backup_in_which_something_changed_or_is_missing_is_not_restored()
    {
        await BackUpAsync();
        var path = Backup + "/main/0000000001.log";
        _scenario.Disk.Flip(path, Sector.Bytes + 100, 1);

        Assert.Equal(1, await RestoreAsync());

        _scenario.Disk.Flip(path, Sector.Bytes + 100, 1);
        var last = _scenario.Disk.Files.Where(static file =>
            file.StartsWith(Backup + "/main", StringComparison.Ordinal)
        );
        _scenario.Disk.DeleteFile(last.Max()!);
        Assert.Equal(1, await RestoreAsync());

        Assert.Contains("NOT AS ANCHORED", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_scenario.Disk.Files, static file => file.StartsWith(Restored, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_journal_is_not_backed_up_as_if_it_were_whole()
    {
        _scenario.Disk.Flip(Scenario.Root + "/main/0000000001.log", Sector.Bytes + 100, 1);

        Assert.Equal(1, await BackUpAsync());

        Assert.DoesNotContain(_scenario.Disk.Files, static file => file.StartsWith(Backup, StringComparison.Ordinal));
    }

    private JournalOptions RestoredOptions =>
        _scenario.Options with
        {
            Directory = Restored,
            KeyFile = Scenario.Root + "/journal.key",
        };

    private Task<int> BackUpAsync() =>
        JournalBackup.CopyAsync(_scenario.Options, _scenario.Disk, Backup, _scenario.Time, _output);

    private Task<int> RestoreAsync() =>
        JournalBackup.RestoreAsync(_scenario.Options, _scenario.Disk, Backup, Restored, _output);

    private static IEnumerable<string> Texts(IEnumerable<RecordedEvent> events) =>
        events.Select(static one => System.Text.Encoding.UTF8.GetString(one.Json.Span));
}
