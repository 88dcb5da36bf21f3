using System.Text;
using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>Snapshots are a cache: cheap, bounded, at worst absent.</summary>
public sealed class SnapshotTests
{
    private static readonly StreamId Wallet = new("wallet", "owner-0");

    private readonly Scenario _scenario = new(5) { Logger = new ListLogger() };

    [Fact]
    public async Task A_snapshot_that_was_replaced_a_thousand_times_does_not_fill_the_disk()
    {
        _scenario.Open();
        for (var round = 0; round < 1000; round++)
        {
            Append(round);
            _scenario.Snapshot(Wallet);
        }

        var bytes = SnapshotFiles().Sum(_scenario.Disk.LengthOf);

        Assert.InRange(bytes, 1, 40_000);
        await _scenario.CheckAsync(_scenario.Journal!);
        Assert.Equal(1000, (await _scenario.Journal!.ReadSnapshotAsync(Wallet))!.Sequence);
    }

    [Fact]
    public async Task Snapshots_that_are_rarely_replaced_move_along_when_their_file_is_rewritten()
    {
        _scenario.Open();
        var quiet = new StreamId("wallet", "owner-1");
        Append(0, quiet);
        _scenario.Snapshot(quiet);
        for (var round = 0; round < 200; round++)
        {
            Append(round);
            _scenario.Snapshot(Wallet);
        }
        Assert.DoesNotContain(Scenario.Root + "/snapshots/0000000001.log", SnapshotFiles());
        Assert.Equal(1, (await _scenario.Journal!.ReadSnapshotAsync(quiet))!.Sequence);
        await _scenario.Journal.DisposeAsync();

        var reopened = _scenario.Open();

        Assert.Equal(1, (await reopened.ReadSnapshotAsync(quiet))!.Sequence);
        Assert.Equal(200, (await reopened.ReadSnapshotAsync(Wallet))!.Sequence);
    }

    [Fact]
    public async Task A_killed_process_loses_no_snapshot()
    {
        _scenario.Open();
        Append(0);
        _scenario.Snapshot(Wallet);
        _scenario.Disk.KillProcess();

        Assert.Equal(1, (await _scenario.Open().ReadSnapshotAsync(Wallet))!.Sequence);
    }

    [Fact]
    public async Task A_damaged_snapshot_is_absent_and_a_line_is_logged()
    {
        _scenario.Open();
        Append(0);
        _scenario.Snapshot(Wallet);
        await _scenario.Journal!.DisposeAsync();
        var file = Assert.Single(SnapshotFiles());
        _scenario.Disk.Flip(file, _scenario.Disk.LengthOf(file) - 40, 4);

        var journal = _scenario.Open();

        Assert.Null(await journal.ReadSnapshotAsync(Wallet));
        Assert.Contains(
            ((ListLogger)_scenario.Logger!).Lines,
            line => line.Text.Contains("snapshot", StringComparison.Ordinal)
        );
        Append(1);
        _scenario.Snapshot(Wallet);
        Assert.Equal(2, (await journal.ReadSnapshotAsync(Wallet))!.Sequence);
    }

    [Fact]
    public async Task A_disk_that_refuses_a_snapshot_stops_nothing()
    {
        _scenario.Open();
        Append(0);
        _scenario.Disk.Faults = new() { FailAt = _scenario.Disk.Operations + 1 };
        _scenario.Snapshot(Wallet);
        _scenario.Disk.Faults = DiskFaults.None;

        Assert.Null(await _scenario.Journal!.ReadSnapshotAsync(Wallet));
        Append(1);
        _scenario.Snapshot(Wallet);
        Assert.Equal(2, (await _scenario.Journal.ReadSnapshotAsync(Wallet))!.Sequence);
    }

    [Fact]
    public async Task A_snapshot_waits_until_its_record_is_durable()
    {
        var journal = _scenario.Open();
        var append = _scenario.Append(Wallet, 0);
        var snapshot = journal.WriteSnapshotAsync(Wallet, new(1, 1, 1, Encoding.UTF8.GetBytes("1"))).AsTask();
        Assert.False(snapshot.IsCompleted);

        journal.WriteOnce();

        await Task.WhenAll(append, snapshot);
        Assert.Equal(1, (await journal.ReadSnapshotAsync(Wallet))!.Sequence);
    }

    private void Append(int round, StreamId? stream = null)
    {
        var append = _scenario.Append(stream ?? Wallet, round);
        _scenario.Journal!.WriteOnce();
        append.GetAwaiter().GetResult();
    }

    private List<string> SnapshotFiles() =>
        [.. _scenario.Disk.Files.Where(file => file.Contains("/snapshots/", StringComparison.Ordinal))];
}
