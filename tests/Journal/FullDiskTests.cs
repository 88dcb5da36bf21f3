using System.Text;
using Actors.Journal.Tools;
using Actors.TestKit.Disks;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Journal.Tests;

/// <summary>Without room nothing is written and nothing is lost; reads go on, and so do writes once there is room.</summary>
[Trait("Spec", "SE-3")]
public sealed class FullDiskTests
{
    private static readonly StreamId Wallet = new("wallet", "owner-0");
    private static readonly DiskFaults Full = new() { IsFull = true };

    private readonly FakeTimeProvider _time = new(Scenario.Start);
    private readonly SimulatedDisk _disk = new(1);
    private readonly Dictionary<StreamId, List<string>> _written = [];
    private readonly Random _chance = new(7);
    private FileJournal _journal = null!;

    public static readonly TheoryData<DiskFaults> NoSegment = new()
    {
        new DiskFaults { IsFull = true },
        new DiskFaults { RefusedEnding = ".log" },
        new DiskFaults { SyncsFail = true },
    };

    public FullDiskTests() => SynchronizationContext.SetSynchronizationContext(null);

    [Theory, MemberData(nameof(NoSegment), DisableDiscoveryEnumeration = true)]
    public async Task When_no_segment_can_be_made_appends_are_refused_and_nothing_is_fenced(DiskFaults faults)
    {
        _journal = Open(_disk);
        _disk.Faults = faults;

        await Assert.ThrowsAsync<JournalFullException>(() => WriteAsync(Wallet));

        Assert.NotNull(_journal.Full);
        Assert.Null(_journal.Fence);
        Assert.Equal(StreamHead.Empty, await _journal.ReadHeadAsync(Wallet));
        Assert.DoesNotContain(_disk.Files, static file => file.EndsWith(".log", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_written_before_is_read_while_the_disk_is_full()
    {
        _journal = Open(_disk);
        await FillSegmentAsync();
        _disk.Faults = Full;
        await Assert.ThrowsAsync<JournalFullException>(() => WriteAsync(Wallet));

        await CheckAsync();
    }

    [Fact]
    public async Task Appends_are_taken_again_by_themselves_once_there_is_room()
    {
        _journal = Open(_disk);
        await FillSegmentAsync();
        _disk.Faults = Full;
        await Assert.ThrowsAsync<JournalFullException>(() => WriteAsync(Wallet));
        _disk.Faults = DiskFaults.None;

        await Assert.ThrowsAsync<JournalFullException>(() => WriteAsync(Wallet));
        _time.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync(Wallet);

        Assert.Null(_journal.Full);
        await CheckAsync();
        await ReopenAsync(isKilled: true);
        await CheckAsync();
    }

    [Fact]
    public async Task A_probe_finds_the_room_that_appends_wait_for_and_not_less()
    {
        _journal = Open(_disk);
        await FillSegmentAsync();
        _disk.Faults = Full;
        await Assert.ThrowsAsync<JournalFullException>(() => WriteAsync(Wallet));

        Assert.Throws<IOException>(_journal.Probe);
        Assert.NotNull(_journal.Full);
        _disk.Faults = DiskFaults.None;
        _journal.Probe();

        Assert.Null(_journal.Full);
        await WriteAsync(Wallet);
    }

    [Fact]
    public async Task A_batch_that_reaches_over_the_end_of_its_segment_is_refused_when_that_cannot_get_longer()
    {
        _journal = Open(_disk);
        await WriteAsync(Wallet);
        _disk.Faults = Full;

        await Assert.ThrowsAsync<JournalFullException>(() => WriteAsync(Wallet, bytes: 6000));

        Assert.Null(_journal.Fence);
        await CheckAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync(Wallet, bytes: 100);
        Assert.Null(_journal.Full);
        await ReopenAsync(isKilled: true);
        await CheckAsync();
    }

    [Fact]
    public async Task What_gathers_behind_a_batch_without_room_is_refused_with_it()
    {
        var hooked = new HookedDisk(_disk);
        _journal = Open(hooked);
        await FillSegmentAsync();
        var news = new StreamId("wallet", "new");
        Task? behind = null;
        Task? behindToo = null;
        hooked.OnCreateFile = _ =>
        {
            behind ??= AppendAsync(Wallet, sequence: CountOf(Wallet) + 1, "behind");
            behindToo ??= AppendAsync(news, sequence: 0, "new");
        };
        _disk.Faults = Full;

        await Assert.ThrowsAsync<JournalFullException>(() => WriteAsync(Wallet));

        await Assert.ThrowsAsync<JournalFullException>(() => behind!);
        await Assert.ThrowsAsync<JournalFullException>(() => behindToo!);
        await CheckAsync();
        Assert.Equal(StreamHead.Empty, await _journal.ReadHeadAsync(news));
        Assert.DoesNotContain(news, _journal.ListStreams());
        hooked.OnCreateFile = null;
        _disk.Faults = DiskFaults.None;
        _time.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync(Wallet);
        await WriteAsync(news);
        await ReopenAsync(isKilled: true);
        await CheckAsync();
    }

    [Fact]
    public async Task A_journal_opens_on_a_full_disk_and_is_read()
    {
        _journal = Open(_disk);
        await FillSegmentAsync();
        _disk.KillProcess();
        _disk.Faults = Full;

        _journal = Open(_disk);

        await CheckAsync();
        await Assert.ThrowsAsync<JournalFullException>(() => WriteAsync(Wallet));
        _disk.Faults = DiskFaults.None;
        _time.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync(Wallet);
        await CheckAsync();
    }

    [Fact]
    public async Task However_often_the_disk_is_full_what_was_acknowledged_is_there_and_every_chain_is_whole()
    {
        _journal = Open(_disk);
        var refused = 0;
        for (var round = 0; round < 600; round++)
        {
            _time.Advance(TimeSpan.FromSeconds(_chance.Next(0, 2)));
            _disk.Faults = _chance.Next(3) == 0 ? Full : DiskFaults.None;
            refused += await WriteSomeAsync();
            if (round % 50 == 49)
            {
                _disk.Faults = _chance.Next(2) == 0 ? Full : DiskFaults.None;
                await ReopenAsync(isKilled: _chance.Next(2) == 0);
                await CheckAsync();
            }
        }

        Assert.InRange(refused, 50, int.MaxValue);
        await CheckAsync();
    }

    private FileJournal Open(Disks.IDisk disk) =>
        FileJournal.Open(
            new JournalOptions
            {
                Directory = Scenario.Root,
                Drive = JournalDrive.Manual,
                SegmentBytes = 4096,
                CheckpointBytes = 3000,
                RandomBytes = _chance.NextBytes,
            },
            disk,
            _time
        );

    private async Task ReopenAsync(bool isKilled)
    {
        if (isKilled)
        {
            var faults = _disk.Faults;
            _disk.KillProcess();
            _disk.Faults = faults;
        }
        else
        {
            await _journal.DisposeAsync();
        }
        var output = new StringWriter();
        Assert.True(
            await JournalVerifier.RunAsync(new() { Directory = Scenario.Root }, _disk, output) == 0,
            output.ToString()
        );
        _journal = Open(_disk);
    }

    private long CountOf(StreamId stream) => _written.TryGetValue(stream, out var texts) ? texts.Count : 0;

    private async Task FillSegmentAsync()
    {
        for (var i = 0; i < 8; i++)
        {
            await WriteAsync(Wallet, bytes: 600);
        }
    }

    /// <summary>Several appends that share a batch, some of them to the same stream. Returns how many were refused.</summary>
    private async Task<int> WriteSomeAsync()
    {
        var appends = new List<(StreamId Stream, string Text, Task Append)>();
        var next = new Dictionary<StreamId, long>();
        for (var i = _chance.Next(1, 9); i > 0; i--)
        {
            var stream = new StreamId("wallet", $"owner-{_chance.Next(3)}");
            var sequence = next.GetValueOrDefault(stream, CountOf(stream));
            var text = $"{stream} {sequence} {new string('x', _chance.Next(500))}";
            appends.Add((stream, text, AppendAsync(stream, sequence, text)));
            if (!appends[^1].Append.IsFaulted)
            {
                next[stream] = sequence + 1;
            }
        }
        _journal.WriteOnce();
        var refused = 0;
        foreach (var (stream, text, append) in appends)
        {
            try
            {
                await append;
                Note(stream, text);
            }
            catch (JournalFullException)
            {
                refused++;
            }
        }
        return refused;
    }

    private async Task WriteAsync(StreamId stream, int bytes = 50)
    {
        var text = new string('x', bytes);
        var append = AppendAsync(stream, CountOf(stream), text);
        _journal.WriteOnce();
        await append;
        Note(stream, text);
    }

    private Task AppendAsync(StreamId stream, long sequence, string text) =>
        _journal
            .AppendAsync(
                new()
                {
                    Stream = stream,
                    AfterSequence = sequence,
                    AfterVersion = sequence,
                    At = _time.GetUtcNow(),
                    Events = [Encoding.UTF8.GetBytes($"\"{text}\"")],
                }
            )
            .AsTask();

    private void Note(StreamId stream, string text)
    {
        if (!_written.TryGetValue(stream, out var texts))
        {
            _written[stream] = texts = [];
        }
        texts.Add(text);
    }

    private async Task CheckAsync()
    {
        foreach (var (stream, texts) in _written)
        {
            Assert.Equal(new StreamHead(texts.Count, texts.Count), await _journal.ReadHeadAsync(stream));
            var events = await _journal.ReadBackwardAsync(stream, long.MaxValue, int.MaxValue);
            Assert.Equal(texts.Select(static text => $"\"{text}\""), events.Reverse().Select(Text));
            var middle = (texts.Count / 2) + 1;
            Assert.Equal(
                $"\"{texts[middle - 1]}\"",
                Text((await _journal.ReadBackwardAsync(stream, middle + 1, 1)).Single())
            );
        }
    }

    private static string Text(RecordedEvent recorded) => Encoding.UTF8.GetString(recorded.Json.Span);
}
