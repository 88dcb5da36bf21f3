using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Actors.TestKit.Disks;
using Actors.TestKit.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Journal.GrainStorage.Tests;

public sealed class JournalMoveTests : IAsyncLifetime
{
    private static readonly StreamId Long = new("wallet", "ana");
    private static readonly StreamId Large = new("menu", "ben/with ünusual.name");
    private static readonly StreamId MarksOnly = new("ledger", new string('~', 150));
    private static readonly StreamId Due = new("queue", "cleo");
    private static readonly DateTimeOffset DueAt = Rig.Start.AddDays(3);

    private readonly MemoryGrainStorage _storage = new();
    private readonly ConcurrentBag<PendingStream> _woken = [];
    private FileJournal _directory = null!;

    public async ValueTask InitializeAsync()
    {
        _directory = OpenDirectory();
        for (var i = 0; i < 11; i++)
        {
            await _directory.AppendAsync(
                CommitOf(Long, i, i * 2, Rig.Text(i), "{}") with
                {
                    Mark = i % 4 == 0 ? "{}"u8.ToArray() : default,
                    At = Rig.Start.AddTicks(i * 7),
                }
            );
        }
        await _directory.WriteSnapshotAsync(Long, new StreamSnapshot(9, 18, 4, """{"sum":9}"""u8.ToArray()));
        await _directory.AppendAsync(CommitOf(Large, 0, 0, Rig.Text(1), $"\"{new string('x', 600_000)}\""));
        await _directory.AppendAsync(CommitOf(Large, 1, 2, Rig.Text(2)));
        await _directory.AppendAsync(CommitOf(MarksOnly, 0, 0) with { Mark = "{}"u8.ToArray() });
        await _directory.AppendAsync(CommitOf(Due, 0, 0, Rig.Text(1)) with { WakeAt = DueAt });
    }

    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_stream_is_there_as_it_was_and_a_writer_can_go_on(bool encrypted)
    {
        var options = encrypted ? Rig.Small with { Key = SHA256.HashData("a key"u8) } : Rig.Small;

        var moved = await MoveAsync(options);

        Assert.Equal(new MoveResult(4, 15, 15, 1, 1), moved);
        Assert.Equal([new PendingStream(Due, DueAt)], _woken);
        await AssertSameAsync(options);
        var journal = JournalOf(options);
        await journal.AppendAsync(CommitOf(Long, 11, 22, Rig.Text(99)));
        Assert.Equal(new StreamHead(12, 23), await JournalOf(options).ReadHeadAsync(Long));
        var snapshot = await journal.ReadSnapshotAsync(Long);
        Assert.Equal((9, 18, 4, """{"sum":9}"""), Describe(snapshot!));
    }

    [Fact]
    public async Task Whole_segments_are_written_at_once()
    {
        var options = new GrainStorageJournalOptions();
        var writes = 0;
        _storage.Faults = request =>
        {
            if (request.Action == StorageAction.Write && request.Name.StartsWith("segment", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref writes);
            }
            return StorageFault.None;
        };

        await MoveAsync(options);

        Assert.Equal(4, writes);
    }

    [Fact]
    public async Task Made_again_it_compares_everything_and_writes_nothing()
    {
        await MoveAsync(Rig.Small);
        _storage.Faults = static request =>
            request.Action == StorageAction.Read ? StorageFault.None : StorageFault.FailBefore;

        var again = await MoveAsync(Rig.Small);

        Assert.Equal(new MoveResult(4, 15, 0, 1, 1), again);
    }

    [Theory]
    [InlineData(StorageFault.FailBefore)]
    [InlineData(StorageFault.FailAfter)]
    [InlineData(StorageFault.LandLate)]
    public async Task Cut_off_at_any_request_it_is_made_again_and_completes(StorageFault fault)
    {
        for (var killedAt = 1; ; killedAt++)
        {
            var rig = new Rig();
            rig.Storage.Faults = request =>
                request.Number < killedAt ? StorageFault.None
                : request.Number == killedAt ? fault
                : StorageFault.FailBefore;
            var ended = await EndsAsync(MoveAsync(Rig.Small, rig.Storage));
            rig.Storage.Faults = static _ => StorageFault.None;
            if (killedAt % 2 == 0)
            {
                rig.Storage.LandLateRequests();
            }

            await MoveAsync(Rig.Small, rig.Storage);

            rig.Storage.LandLateRequests();
            await AssertSameAsync(Rig.Small, rig.Storage);
            if (ended)
            {
                Assert.InRange(killedAt, 40, 400);
                return;
            }
        }
    }

    [Fact]
    public async Task A_storage_with_a_stream_that_the_directory_lacks_is_refused_before_anything_is_written()
    {
        var other = new StreamId("pet", "rex");
        await JournalOf(Rig.Small).AppendAsync(CommitOf(other, 0, 0, Rig.Text(1)));
        var before = _storage.Names;

        var refusal = await Assert.ThrowsAsync<JournalMoveException>(() => MoveAsync(Rig.Small));

        Assert.Equal(other, refusal.Stream);
        Assert.Equal(before, _storage.Names);
    }

    [Fact]
    public async Task A_storage_whose_stream_differs_is_refused_and_the_first_such_stream_is_named()
    {
        var journal = JournalOf(Rig.Small);
        await journal.AppendAsync(CommitOf(Long, 0, 0, Rig.Text(0), """{"other":true}"""));
        await journal.AppendAsync(CommitOf(Due, 0, 0, Rig.Text(7)));
        var before = _storage.Names;

        var refusal = await Assert.ThrowsAsync<JournalMoveException>(() => MoveAsync(Rig.Small));

        Assert.Equal(Due, refusal.Stream);
        Assert.Contains("record 1 is another one", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, _storage.Names);
    }

    [Theory]
    [InlineData("time")]
    [InlineData("mark")]
    public async Task Times_and_marks_are_compared_too(string what)
    {
        var journal = JournalOf(Rig.Small);
        var same = CommitOf(Long, 0, 0, Rig.Text(0), "{}") with { At = Rig.Start, Mark = "{}"u8.ToArray() };
        await journal.AppendAsync(
            what == "time" ? same with { At = Rig.Start.AddTicks(1) } : same with { Mark = "[]"u8.ToArray() }
        );

        var refusal = await Assert.ThrowsAsync<JournalMoveException>(() => MoveAsync(Rig.Small));

        Assert.Equal(Long, refusal.Stream);
    }

    [Fact]
    public async Task A_storage_that_has_gone_on_is_refused()
    {
        await MoveAsync(Rig.Small);
        await JournalOf(Rig.Small).AppendAsync(CommitOf(Due, 1, 1, Rig.Text(2)));

        var refusal = await Assert.ThrowsAsync<JournalMoveException>(() => MoveAsync(Rig.Small));

        Assert.Equal(Due, refusal.Stream);
        Assert.Contains("record 2 is not in the directory", refusal.Message, StringComparison.Ordinal);
    }

    private Task<MoveResult> MoveAsync(GrainStorageJournalOptions options, MemoryGrainStorage? storage = null) =>
        new JournalMove(
            _directory,
            storage ?? _storage,
            new MemoryCatalog(storage ?? _storage),
            options,
            pending =>
            {
                _woken.Add(pending);
                return Task.CompletedTask;
            },
            new Guid("b5b1ff0c-5b1c-4f4c-a2f4-0b0a3c1f0e33"),
            TimeProvider.System,
            NullLogger<JournalMove>.Instance
        ).RunAsync();

    private GrainStorageJournal JournalOf(GrainStorageJournalOptions options, MemoryGrainStorage? storage = null) =>
        new(
            storage ?? _storage,
            options,
            new Guid("a0a1ff0c-5b1c-4f4c-a2f4-0b0a3c1f0e44"),
            TimeProvider.System,
            NullLogger<GrainStorageJournal>.Instance
        );

    private async Task AssertSameAsync(GrainStorageJournalOptions options, MemoryGrainStorage? storage = null)
    {
        var moved = JournalOf(options, storage);
        foreach (var stream in _directory.ListStreams())
        {
            Assert.Equal(await _directory.ReadHeadAsync(stream), await moved.ReadHeadAsync(stream));
            Assert.Equal(await ReadAsync(_directory, stream), await ReadAsync(moved, stream));
        }
        Assert.NotNull(await moved.ReadSnapshotAsync(Long));
    }

    private static async Task<string[]> ReadAsync(IJournal journal, StreamId stream)
    {
        List<string> records = [];
        await foreach (var record in journal.ReadForwardAsync(stream, 0))
        {
            records.Add(
                $"{record.Sequence} {record.FirstVersion} {record.At:O} {Encoding.UTF8.GetString(record.Mark.Span)} "
                    + string.Join(' ', record.Events.Select(static json => Encoding.UTF8.GetString(json.Span)))
            );
        }
        return [.. records];
    }

    private static async Task<bool> EndsAsync(Task<MoveResult> move)
    {
        try
        {
            await move;
            return true;
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or JournalUncertainException)
        {
            return false;
        }
    }

    private static (long, long, int, string) Describe(StreamSnapshot snapshot) =>
        (snapshot.Sequence, snapshot.Version, snapshot.Schema, Encoding.UTF8.GetString(snapshot.Json.Span));

    private static Commit CommitOf(StreamId stream, long sequence, long version, params string[] events) =>
        Rig.CommitOf(new StreamHead(sequence, version), events) with
        {
            Stream = stream,
        };

    private static FileJournal OpenDirectory() =>
        FileJournal.Open(
            new JournalOptions { Directory = "/data", Key = SHA256.HashData("directory"u8) },
            new SimulatedDisk(seed: 1),
            TimeProvider.System
        );
}
