using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Actors.Journal.Disks;

namespace Actors.Journal.Tests;

/// <summary>Many writers on the real disk.</summary>
[Trait("Spec", "SE-3")]
public sealed class ConcurrencyTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_hundred_thousand_concurrent_appends_are_all_there_once_and_share_few_syncs()
    {
        const int streams = 1000;
        const int appendsEach = 100;
        long syncs = 0;
        long appends = 0;
        using var listener = Listen("journal.syncs", count => Interlocked.Add(ref syncs, count));
        using var second = Listen("journal.appends", count => Interlocked.Add(ref appends, count));
        await using (var journal = Open())
        {
            await Task.WhenAll(
                Enumerable.Range(0, streams).Select(i => Task.Run(() => AppendAsync(journal, i, appendsEach)))
            );
        }

        await using var reopened = Open();
        for (var i = 0; i < streams; i++)
        {
            Assert.Equal(new StreamHead(appendsEach, appendsEach), await reopened.ReadHeadAsync(IdOf(i)));
        }
        var read = 0;
        await foreach (var record in reopened.ReadForwardAsync(IdOf(77), 0))
        {
            Assert.Equal($"{read++}", Encoding.UTF8.GetString(record.Events[0].Span));
        }
        Assert.Equal(appendsEach, read);
        Assert.True(appends >= streams * appendsEach);
        Assert.InRange(syncs, 1, appends / 10);
    }

    [Fact]
    public async Task Readers_see_a_whole_prefix_while_writers_go_on()
    {
        await using var journal = Open(64 << 10);
        var writer = Task.Run(() => AppendAsync(journal, 1, 2000));
        while (!writer.IsCompleted)
        {
            var sequence = 0L;
            await foreach (var record in journal.ReadForwardAsync(IdOf(1), 0))
            {
                Assert.Equal(++sequence, record.Sequence);
            }
            var newest = await journal.ReadBackwardAsync(IdOf(1), long.MaxValue, 3);
            Assert.True(newest.Count == 0 || newest[0].Version >= sequence);
        }
        await writer;
    }

    [Fact]
    public async Task A_waiter_resumes_on_its_own_synchronization_context()
    {
        await using var journal = Open();
        var context = new QueueContext();
        var resumed = new TaskCompletionSource<SynchronizationContext?>();
        context.Post(
            async _ =>
            {
                await AppendAsync(journal, 1, 1);
                resumed.SetResult(SynchronizationContext.Current);
            },
            null
        );
        await context.RunUntilAsync(resumed.Task);

        Assert.Same(context, await resumed.Task);
    }

    [Fact]
    public async Task The_index_is_saved_while_appends_go_on_and_a_later_start_uses_it()
    {
        await using (var journal = Open(256 << 10, checkpointBytes: 64 << 10))
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => AppendAsync(journal, i, 100))));
        }
        Assert.NotEmpty(Directory.EnumerateFiles(_directory.Path, "*.idx"));

        await using var reopened = Open();

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(new StreamHead(100, 100), await reopened.ReadHeadAsync(IdOf(i)));
        }
    }

    private static async Task AppendAsync(FileJournal journal, int stream, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await journal.AppendAsync(
                new()
                {
                    Stream = IdOf(stream),
                    AfterSequence = i,
                    AfterVersion = i,
                    At = Scenario.Start,
                    Events = [Encoding.UTF8.GetBytes($"{i}")],
                }
            );
        }
    }

    private static StreamId IdOf(int stream) => new("wallet", $"owner-{stream}");

    private FileJournal Open(int segmentBytes = 16 << 20, long checkpointBytes = 4 << 20) =>
        FileJournal.Open(
            new()
            {
                Directory = _directory.Path,
                SegmentBytes = segmentBytes,
                CheckpointBytes = checkpointBytes,
            },
            new PhysicalDisk(),
            TimeProvider.System
        );

    private static MeterListener Listen(string instrument, Action<long> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listener) =>
            {
                if (published.Meter.Name == "Actors.Journal" && published.Name == instrument)
                {
                    listener.EnableMeasurementEvents(published);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => measured(value));
        listener.Start();
        return listener;
    }

    private sealed class QueueContext : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

        public override void Post(SendOrPostCallback d, object? state) => _queue.Add((d, state));

        public Task RunUntilAsync(Task end) =>
            Task.Run(() =>
            {
                SetSynchronizationContext(this);
                while (!end.IsCompleted)
                {
                    if (_queue.TryTake(out var work, TimeSpan.FromSeconds(10)))
                    {
                        work.Callback(work.State);
                    }
                }
                SetSynchronizationContext(null);
            });
    }
}
