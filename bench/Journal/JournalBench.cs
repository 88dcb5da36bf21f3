using System.Diagnostics;
using System.Globalization;
using System.Text;
using Actors.Bench.Hosts;
using Actors.Journal;
using Actors.Journal.Disks;

namespace Actors.Bench.Journal;

/// <summary>
/// What the file journal does on this machine's disk: appends a second beside the disk's own sync, the time to open after an
/// unclean stop, and bytes per event.
/// </summary>
internal static class JournalBench
{
    private const int EventBytes = 200;

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var duration = arguments.Seconds("seconds", 3);
        var events = arguments.Number("events", 1_000_000);
        var directory = Path.Combine(arguments.Text("data") ?? Path.GetTempPath(), "journal-bench");
        try
        {
            foreach (var streams in (int[])[1, 64, 4096])
            {
                Delete(directory);
                MeasureSync(directory, duration / 3);
                await MeasureAppendsAsync(directory, streams, duration);
            }
            Delete(directory);
            await MeasureOpenAsync(directory, events, streams: Math.Max(1, events / 10));
        }
        finally
        {
            Delete(directory);
        }
        return 0;
    }

    /// <summary>The floor: one sector written and synced, again and again, in space that was allocated before.</summary>
    private static void MeasureSync(string directory, TimeSpan duration)
    {
        var disk = new PhysicalDisk();
        disk.CreateDirectory(directory);
        using var file = disk.CreateFile(Path.Combine(directory, "sync"));
        file.Preallocate(64 << 20);
        file.Sync();
        var sector = new byte[512];
        var times = new List<double>();
        var all = Stopwatch.StartNew();
        while (all.Elapsed < duration)
        {
            var started = Stopwatch.GetTimestamp();
            file.Write(sector, times.Count % (64 << 11) * sector.Length);
            file.Sync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }
        times.Sort();
        Print($"raw write + fdatasync of 512 bytes: {Percentiles(times)}");
        disk.DeleteFile(Path.Combine(directory, "sync"));
    }

    private static async Task MeasureAppendsAsync(string directory, int streams, TimeSpan duration)
    {
        await using var journal = Open(directory);
        var event1 = NewEvent();
        long appends = 0;
        var samples = new List<double>[streams];
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var all = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, streams)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        var stream = new StreamId("bench", i.ToString(CultureInfo.InvariantCulture));
                        var times = samples[i] = [];
                        for (var sequence = 0L; all.Elapsed < duration; sequence++)
                        {
                            var started = Stopwatch.GetTimestamp();
                            await journal.AppendAsync(NewCommit(stream, sequence, event1));
                            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                        }
                        Interlocked.Add(ref appends, times.Count);
                    })
                )
        );
        var elapsed = all.Elapsed.TotalSeconds;
        var cpuPerAppend = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / appends;
        var merged = samples.SelectMany(times => times).Order().ToList();
        Print(
            $"{streams} streams at once: {appends / elapsed:N0} appends/s, {Percentiles(merged)}, "
                + $"{cpuPerAppend:N1} us CPU and {(GC.GetTotalAllocatedBytes() - allocated) / appends} bytes allocated each"
        );
    }

    /// <summary>The directory is copied while the journal is open: what a killed process would leave.</summary>
    private static async Task MeasureOpenAsync(string directory, int events, int streams)
    {
        var killed = directory + "-killed";
        Delete(killed);
        await using (var journal = Open(directory))
        {
            await FillAsync(journal, events, streams);
            Copy(directory, killed);
        }
        try
        {
            await ShowOpenAsync(killed, events, streams, "with a saved index");
            foreach (var index in Directory.EnumerateFiles(killed, "*.idx"))
            {
                File.Delete(index);
            }
            await ShowOpenAsync(killed, events, streams, "without one, everything read");
            var bytes = new DirectoryInfo(Path.Combine(killed, "main")).EnumerateFiles().Sum(file => file.Length);
            Print($"log: {(double)bytes / events:N0} bytes per event of {EventBytes} bytes, one event a commit");
        }
        finally
        {
            Delete(killed);
        }
    }

    private static async Task FillAsync(FileJournal journal, int events, int streams)
    {
        var event1 = NewEvent();
        var ids = Enumerable.Range(0, streams).Select(i => new StreamId("bench", $"owner-{i}")).ToArray();
        for (var sequence = 0; sequence * streams < events; sequence++)
        {
            var pending = new List<Task>(streams);
            foreach (var id in ids)
            {
                pending.Add(journal.AppendAsync(NewCommit(id, sequence, event1)).AsTask());
                if (pending.Count == 10_000)
                {
                    await Task.WhenAll(pending);
                    pending.Clear();
                }
            }
            await Task.WhenAll(pending);
        }
    }

    private static async Task ShowOpenAsync(string directory, int events, int streams, string how)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var journal = Open(directory);
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var cpuMilliseconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Print(
            $"open after an unclean stop, {events:N0} events of {streams:N0} streams, {how}: {milliseconds:N0} ms, {cpuMilliseconds:N0} ms CPU, "
                + $"{memory / streams} bytes of memory per stream"
        );
        await journal.DisposeAsync();
    }

    private static FileJournal Open(string directory) =>
        FileJournal.Open(new() { Directory = directory }, new PhysicalDisk(), TimeProvider.System);

    private static Commit NewCommit(StreamId stream, long sequence, ReadOnlyMemory<byte>[] events) =>
        new()
        {
            Stream = stream,
            AfterSequence = sequence,
            AfterVersion = sequence,
            At = TimeProvider.System.GetUtcNow(),
            Events = events,
        };

    private static ReadOnlyMemory<byte>[] NewEvent() =>
        [Encoding.UTF8.GetBytes($"\"{new string('e', EventBytes - 2)}\"")];

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file) == "lock")
            {
                continue;
            }
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static void Delete(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Percentiles(List<double> sorted) =>
        $"p50 {sorted[sorted.Count / 2]:N0} us, p99 {sorted[sorted.Count * 99 / 100]:N0} us";

    private static void Print(string line) => Console.WriteLine(line);
}
