using Actors.Journal.Disks;
using Actors.Journal.Tools;
using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>What an anchor knows must be there, whoever has had the directory meanwhile.</summary>
[Trait("Spec", "CL-6"), Trait("Spec", "WA-4")]
public sealed class AnchorTests : IDisposable
{
    private readonly Scenario _scenario = new(6) { Pace = TimeSpan.FromMinutes(1) };
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task A_directory_that_was_put_back_does_not_hold_what_was_anchored_and_says_how_much_is_missing()
    {
        await WriteAsync(0);
        var older = _scenario.Disk.Copy(1);
        var anchor = await AnchorAsync(null, first: 10);

        var refusal = Assert.Throws<JournalBehindAnchorException>(() => Open(older).RequireAnchor(anchor));

        Assert.Contains("put back to an older state", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("move the anchor away", refusal.Message, StringComparison.Ordinal);
        older.KillProcess();
        Assert.Equal(1, await VerifyAsync(older, anchor));
        Assert.Matches("NOT AS ANCHORED .* the newest 12 of 24 anchored records are missing", _output.ToString());
    }

    [Fact]
    public async Task A_directory_that_was_put_back_and_grew_again_has_another_past()
    {
        await WriteAsync(0);
        var older = _scenario.Disk.Copy(1);
        var anchor = await AnchorAsync(null, first: 10);
        var other = new Scenario(77, older) { Pace = TimeSpan.FromMinutes(2) };
        var journal = other.Open();
        await other.AdoptFromAsync(_scenario, journal);
        other.WriteRounds(50, 30);

        var refusal = Assert.Throws<JournalBehindAnchorException>(() => journal.RequireAnchor(anchor));

        Assert.Contains("another past", refusal.Message, StringComparison.Ordinal);
        older.KillProcess();
        Assert.Equal(1, await VerifyAsync(older, anchor));
        Assert.Contains("history was rewritten", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_extends_its_anchor_holds_it()
    {
        var first = await AnchorAsync(null, first: 0);
        var second = await AnchorAsync(first, first: 10);
        await WriteAsync(20);
        await _scenario.Journal!.DisposeAsync();

        foreach (var anchor in new[] { first, second })
        {
            var journal = _scenario.Open();
            journal.RequireAnchor(anchor);
            await journal.DisposeAsync();
            Assert.Equal(0, await VerifyAsync(_scenario.Disk, anchor));
        }
        Assert.Contains("main: holds all that was anchored, 24 records", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anchor_made_from_the_one_before_is_the_one_that_reads_everything()
    {
        var first = await AnchorAsync(null, first: 0);
        var step = await AnchorAsync(first, first: 10);
        var whole = await _scenario.Journal!.MakeAnchorAsync(null);

        Assert.Equal(whole, step);
        Assert.Equal(whole, await _scenario.Journal.MakeAnchorAsync(step));
    }

    [Fact]
    public async Task An_empty_journal_has_an_anchor_too()
    {
        var journal = _scenario.Open();
        var anchor = await journal.MakeAnchorAsync(null);

        await WriteAsync(0);

        var next = await journal.MakeAnchorAsync(anchor);
        Assert.Equal(await journal.MakeAnchorAsync(null), next);
    }

    [Fact]
    public async Task Another_journal_is_not_the_one_that_was_anchored()
    {
        var anchor = await AnchorAsync(null, first: 0);
        var key = _scenario.Disk.Contents(Scenario.Root + "/journal.key");
        var disk = new SimulatedDisk(2);
        disk.CreateDirectory(Scenario.Root);
        using (var file = disk.CreateFile(Scenario.Root + "/journal.key"))
        {
            file.Write(key, 0);
        }

        var refusal = Assert.Throws<JournalBehindAnchorException>(() => Open(disk).RequireAnchor(anchor));

        Assert.Contains("a new one", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anchor_that_somebody_changed_is_refused()
    {
        var anchor = await AnchorAsync(null, first: 0);
        var changed = anchor.Replace("\"records\":12", "\"records\":11", StringComparison.Ordinal);
        Assert.NotEqual(anchor, changed);

        Assert.Throws<JournalBehindAnchorException>(() => _scenario.Journal!.RequireAnchor(changed));
        Assert.Throws<JournalBehindAnchorException>(() => _scenario.Journal!.RequireAnchor("{}"));
        Assert.Throws<JournalBehindAnchorException>(() => _scenario.Journal!.RequireAnchor("nothing of that kind"));
        Assert.Equal(1, await VerifyAsync(_scenario.Disk, changed));
        Assert.Contains("not signed with this journal's key", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_of_its_own_an_anchor_cannot_be_made_by_whoever_has_the_directory()
    {
        var options = _scenario.Options with { AnchorKey = new byte[32] };
        var journal = _scenario.Open(options);
        await WriteAsync(0);
        var anchor = await journal.MakeAnchorAsync(null);
        await journal.DisposeAsync();
        var forger = _scenario.Open();
        var forged = await forger.MakeAnchorAsync(null);
        await forger.DisposeAsync();

        var owner = _scenario.Open(options);
        owner.RequireAnchor(anchor);

        Assert.Throws<JournalBehindAnchorException>(() => owner.RequireAnchor(forged));
    }

    [Fact]
    public async Task An_anchor_holds_after_the_key_was_rotated()
    {
        var anchor = await AnchorAsync(null, first: 0);
        await _scenario.Journal!.DisposeAsync();
        Assert.Equal(0, await JournalKeys.RotateAsync(_scenario.Options, _scenario.Disk, _output));

        _scenario.Open().RequireAnchor(anchor);
        await WriteAsync(10);
        var next = await _scenario.Journal.MakeAnchorAsync(anchor);

        _scenario.Journal.RequireAnchor(next);
    }

    private async Task<string> AnchorAsync(string? since, int first)
    {
        await WriteAsync(first);
        return await _scenario.Journal!.MakeAnchorAsync(since);
    }

    private Task WriteAsync(int first)
    {
        if (_scenario.Journal is null)
        {
            _scenario.Open();
        }
        _scenario.WriteRounds(first, 6);
        return Task.CompletedTask;
    }

    private FileJournal Open(SimulatedDisk disk) => FileJournal.Open(_scenario.Options, disk, _scenario.Time);

    private Task<int> VerifyAsync(IDisk disk, string anchor) =>
        JournalVerifier.RunAsync(_scenario.Options, disk, _output, anchor);
}
