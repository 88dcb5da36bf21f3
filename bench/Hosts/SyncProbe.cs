using System.Diagnostics;
using Actors.Bench.Load;
using Actors.Journal.Disks;

namespace Actors.Bench.Hosts;

/// <summary>The floor under everything durable: 4 KB written and synced, again and again, in space that was allocated before.</summary>
internal static class SyncProbe
{
    private const int Bytes = 4096;
    private const int Places = 4096;

    public static LatencyHistogram Run(string directory, TimeSpan duration)
    {
        var path = Path.Combine(directory, "sync-probe");
        var times = new LatencyHistogram();
        var disk = new PhysicalDisk();
        using (var file = disk.CreateFile(path))
        {
            file.Preallocate(Places * Bytes);
            file.Sync();
            var block = new byte[Bytes];
            var startedAt = Stopwatch.GetTimestamp();
            for (var place = 0; Stopwatch.GetElapsedTime(startedAt) < duration; place = (place + 1) % Places)
            {
                var writtenAt = Stopwatch.GetTimestamp();
                file.Write(block, place * Bytes);
                file.Sync();
                times.Add(Stopwatch.GetElapsedTime(writtenAt));
            }
        }
        disk.DeleteFile(path);
        return times;
    }
}
