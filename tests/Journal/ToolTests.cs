using System.Text.Json;
using Actors.Journal.Format;
using Actors.Journal.Tools;

namespace Actors.Journal.Tests;

/// <summary>The tools that look at a journal.</summary>
[Trait("Spec", "WA-4")]
public sealed class ToolTests : IDisposable
{
    private readonly Scenario _scenario = new(9) { Pace = TimeSpan.FromMinutes(1) };
    private readonly StringWriter _output = new();

    public ToolTests() => _scenario.Run();

    public void Dispose() => _output.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_whole_journal_is_found_whole_whether_closed_or_killed(bool isClosed)
    {
        await EndAsync(isClosed);

        Assert.Equal(0, await JournalVerifier.RunAsync(_scenario.Options, _scenario.Disk, _output));

        Assert.Contains(
            "main: 31 records of 4 streams, every chain is whole",
            _output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_tools_change_nothing()
    {
        await EndAsync(isClosed: false);
        var before = _scenario.Disk.Files.ToDictionary(file => file, _scenario.Disk.Contents);

        await JournalVerifier.RunAsync(_scenario.Options, _scenario.Disk, _output);
        await JournalStatistics.RunAsync(_scenario.Options, _scenario.Disk, _output);
        await JournalDump.RunAsync(_scenario.Options, _scenario.Disk, new("wallet", "owner-1"), _output);

        Assert.Equal(before.Keys.Order(), _scenario.Disk.Files.Order());
        Assert.All(before, file => Assert.Equal(file.Value, _scenario.Disk.Contents(file.Key)));
    }

    [Fact]
    public async Task The_first_bad_record_is_named_with_its_file_place_stream_and_number()
    {
        await EndAsync(isClosed: true);
        const string path = Scenario.Root + "/main/0000000001.log";
        _scenario.Disk.Flip(path, Sector.Bytes + BatchHeader.Bytes + 30, 1);

        Assert.Equal(1, await JournalVerifier.RunAsync(_scenario.Options, _scenario.Disk, _output));

        Assert.Contains(
            $"DAMAGED {path} is damaged at byte {Sector.Bytes}",
            _output.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"the first bad record is at byte {Sector.Bytes + BatchHeader.Bytes}: record 1 of wallet/owner-0",
            _output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_newest_record_of_a_stream_is_named_with_the_help_of_the_saved_index()
    {
        await EndAsync(isClosed: true);
        var path = _scenario.Disk.Files.Where(file => file.Contains("/main/", StringComparison.Ordinal)).Max()!;
        _scenario.Disk.Flip(path, LastBatch(path) + BatchHeader.Bytes + 30, 1);

        Assert.Equal(1, await JournalVerifier.RunAsync(_scenario.Options, _scenario.Disk, _output));

        Assert.Matches("the first bad record is at byte \\d+: record \\d+ of wallet/owner-\\d", _output.ToString());
    }

    [Fact]
    public async Task A_damaged_index_is_reported_and_is_no_damage_to_history()
    {
        await EndAsync(isClosed: true);
        var index = _scenario.Disk.Files.First(file => file.EndsWith(".idx", StringComparison.Ordinal));
        _scenario.Disk.Flip(index, 100, 1);

        Assert.Equal(0, await JournalVerifier.RunAsync(_scenario.Options, _scenario.Disk, _output));

        Assert.Contains($"warning: {index}", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_dumped_as_one_line_of_json_per_record()
    {
        await EndAsync(isClosed: true);

        Assert.Equal(
            0,
            await JournalDump.RunAsync(_scenario.Options, _scenario.Disk, new("wallet", "owner-1"), _output)
        );

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            using var line = JsonDocument.Parse(lines[i]);
            Assert.Equal(i + 1, line.RootElement.GetProperty("sequence").GetInt64());
            Assert.StartsWith(
                "wallet/owner-1",
                line.RootElement.GetProperty("events")[0].GetString(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_cannot_be_dumped()
    {
        await EndAsync(isClosed: true);

        Assert.Equal(
            2,
            await JournalDump.RunAsync(_scenario.Options, _scenario.Disk, new("wallet", "nobody"), _output)
        );
    }

    [Fact]
    public async Task Sizes_are_shown_by_category()
    {
        await EndAsync(isClosed: true);

        Assert.Equal(0, await JournalStatistics.RunAsync(_scenario.Options, _scenario.Disk, _output));

        Assert.Matches("main: \\d+ segments, \\d+ bytes", _output.ToString());
        Assert.Matches("  wallet: 4 streams, 31 records, 31 events, \\d+ bytes", _output.ToString());
        Assert.Matches("  activity: 2 streams, 16 records, 16 events, \\d+ bytes", _output.ToString());
        Assert.Matches("snapshots: \\d+ files", _output.ToString());
    }

    [Fact]
    public async Task A_journal_in_use_is_verified_and_its_first_bad_record_named()
    {
        Assert.Equal(0, await JournalVerifier.RunAsync(_scenario.Options, _scenario.Disk, _output));
        Assert.Contains("in use", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("main: 31 records of 4 streams", _output.ToString(), StringComparison.Ordinal);

        _scenario.Disk.Flip(Scenario.Root + "/main/0000000001.log", Sector.Bytes + BatchHeader.Bytes + 30, 1);

        Assert.Equal(1, await JournalVerifier.RunAsync(_scenario.Options, _scenario.Disk, _output));
        Assert.Contains("record 1 of wallet/owner-0", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_in_the_newest_batch_of_a_journal_in_use_is_not_taken_for_a_write_under_way()
    {
        var path = _scenario.Disk.Files.Where(file => file.Contains("/main/", StringComparison.Ordinal)).Max()!;
        _scenario.Disk.Flip(path, LastBatch(path) + BatchHeader.Bytes + 30, 1);

        Assert.Equal(1, await JournalVerifier.RunAsync(_scenario.Options, _scenario.Disk, _output));
    }

    [Fact]
    public async Task A_batch_that_is_half_written_when_it_is_looked_at_is_looked_at_again()
    {
        using var directory = new TemporaryDirectory();
        var options = new JournalOptions { Directory = directory.Path };
        var disk = new Disks.PhysicalDisk();
        await using var journal = FileJournal.Open(options, disk, TimeProvider.System);
        await journal.AppendAsync(Large("writer", 0));
        await journal.AppendAsync(Large("writer", 1));
        using var file = disk.OpenFile(Path.Combine(directory.Path, "main", "0000000001.log"), writable: true);
        var half = new byte[1000];
        file.Read(half, 30_000);
        file.Write(
            new byte[1000]
                .Select(static _ => (byte)7)
                .ToArray(),
            30_000
        );

        var verifying = Task.Run(() => JournalVerifier.RunAsync(options, disk, _output));
        await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System);
        file.Write(half, 30_000);

        Assert.True(await verifying == 0, _output.ToString());
    }

    [Fact]
    public async Task A_journal_that_is_written_all_the_while_is_found_whole_every_time()
    {
        using var directory = new TemporaryDirectory();
        var options = new JournalOptions { Directory = directory.Path, SegmentBytes = 256 << 10 };
        var disk = new Disks.PhysicalDisk();
        await using var journal = FileJournal.Open(options, disk, TimeProvider.System);
        await journal.AppendAsync(Large("writer-0", 0));
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(1, 4).Select(i => Task.Run(() => WriteAsync($"writer-{i}"))));

        for (var i = 0; i < 20; i++)
        {
            var code = await JournalVerifier.RunAsync(options, disk, _output);
            Assert.True(code == 0, _output.ToString());
        }
        await stop.CancelAsync();
        await writing;

        async Task WriteAsync(string key)
        {
            for (var written = 0; !stop.IsCancellationRequested; written++)
            {
                await journal.AppendAsync(Large(key, written));
            }
        }
    }

    [Fact]
    public async Task An_empty_directory_is_refused_with_a_reason()
    {
        var elsewhere = _scenario.Options with { Directory = "/nothing" };
        Assert.Equal(2, await JournalVerifier.RunAsync(elsewhere, _scenario.Disk, _output));
        Assert.Contains("no journal in /nothing", _output.ToString(), StringComparison.Ordinal);
    }

    private static Commit Large(string key, int after) =>
        new()
        {
            Stream = new("wallet", key),
            AfterSequence = after,
            AfterVersion = after,
            At = Scenario.Start,
            Events = [System.Text.Encoding.ASCII.GetBytes($"\"{new string('x', 20_000)}\"")],
        };

    private async Task EndAsync(bool isClosed)
    {
        if (isClosed)
        {
            await _scenario.Journal!.DisposeAsync();
        }
        else
        {
            _scenario.Disk.KillProcess();
        }
    }

    private long LastBatch(string path)
    {
        var bytes = _scenario.Disk.Contents(path).AsSpan();
        for (var offset = bytes.Length - Sector.Bytes; ; offset -= Sector.Bytes)
        {
            if (bytes.Slice(offset, 4).SequenceEqual("BTCH"u8))
            {
                return offset;
            }
        }
    }
}
