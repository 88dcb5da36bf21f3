using Actors.Journal.Tools;
using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>Keys that are somewhere else, and keys that are replaced.</summary>
[Trait("Spec", "CL-6"), Trait("Spec", "SE-2")]
public sealed class KeyRotationTests : IDisposable
{
    private const string Keys = "/keys/journal.key";

    private readonly Scenario _scenario = new(5);
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task A_key_file_that_is_named_holds_the_key_and_the_directory_does_not()
    {
        var journal = await WrittenAsync();
        await journal.DisposeAsync();

        Assert.Contains(Keys, _scenario.Disk.Files);
        Assert.DoesNotContain(Scenario.Root + "/journal.key", _scenario.Disk.Files);
        Assert.Throws<JournalKeyException>(() => Open(_scenario.Options));
    }

    [Fact]
    public async Task After_a_rotation_a_new_key_writes_and_the_older_ones_read_what_they_wrote()
    {
        for (var rotation = 0; rotation < 3; rotation++)
        {
            await (await WrittenAsync(rotation * 10)).DisposeAsync();
            Assert.Equal(0, await JournalKeys.RotateAsync(Options, _scenario.Disk, _output));
        }

        var journal = Open(Options);
        await _scenario.CheckAsync(journal);
        await journal.DisposeAsync();

        Assert.Equal(4, KeyLines().Length);
        Assert.Equal(4, KeyLines().Distinct().Count());
        Assert.Equal(0, await JournalVerifier.RunAsync(Options, _scenario.Disk, _output));
    }

    [Fact]
    public async Task What_is_written_after_a_rotation_cannot_be_read_with_the_older_key()
    {
        await (await WrittenAsync()).DisposeAsync();
        var older = Convert.FromBase64String(KeyLines()[0]);
        await JournalKeys.RotateAsync(Options, _scenario.Disk, _output);
        await (await WrittenAsync(10)).DisposeAsync();

        Assert.Throws<JournalKeyException>(() => Open(_scenario.Options with { Key = older }));

        var newer = Convert.FromBase64String(KeyLines()[0]);
        var both = Open(_scenario.Options with { Key = newer, OlderKeys = [older] });
        await _scenario.CheckAsync(both);
    }

    [Fact]
    public async Task A_journal_that_was_not_closed_before_the_rotation_loses_nothing_either()
    {
        await WrittenAsync();
        await JournalKeys.RotateAsync(Options, _scenario.Disk, _output);
        _scenario.Disk.LosePower(UnsyncedFate.Lost);

        await _scenario.CheckAsync(Open(Options));
    }

    [Fact]
    public async Task Where_there_is_no_key_file_there_is_nothing_to_rotate()
    {
        Assert.Equal(2, await JournalKeys.RotateAsync(Options, _scenario.Disk, _output));

        Assert.DoesNotContain(Keys, _scenario.Disk.Files);
    }

    private JournalOptions Options => _scenario.Options with { KeyFile = Keys };

    private string[] KeyLines() =>
        System.Text.Encoding.ASCII.GetString(_scenario.Disk.Contents(Keys)).TrimEnd('\0').Split('\n');

    private FileJournal Open(JournalOptions options) => FileJournal.Open(options, _scenario.Disk, _scenario.Time);

    private Task<FileJournal> WrittenAsync(int first = 0)
    {
        var journal = _scenario.Open(Options);
        _scenario.WriteRounds(first, 6);
        return Task.FromResult(journal);
    }
}
