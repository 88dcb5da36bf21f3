using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Actors.Bench.Hosts;

/// <summary>What figures were measured on; without it they mean nothing.</summary>
internal static class Machine
{
    private const int Syncs = 200;

    public static void Print(string dataDirectory)
    {
        var sync = SyncTime(dataDirectory);
        Console.WriteLine(
            $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, "
                + $"{RuntimeInformation.FrameworkDescription}; a 4 KB write with fdatasync takes "
                + $"{sync.TotalMicroseconds:N0} µs (median); host and client share the machine"
        );
        Console.WriteLine();
    }

    private static TimeSpan SyncTime(string directory)
    {
        var path = Path.Combine(directory, "sync-time");
        var times = new List<TimeSpan>();
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, preallocationSize: Syncs * 4096))
        {
            for (var index = 0; index < Syncs; index++)
            {
                var startedAt = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, new byte[4096], index * 4096);
                RandomAccess.FlushToDisk(file);
                times.Add(Stopwatch.GetElapsedTime(startedAt));
            }
        }
        File.Delete(path);
        times.Sort();
        return times[Syncs / 2];
    }
}
