using System.Runtime.InteropServices;

namespace Actors.Bench.Hosts;

/// <summary>What figures were measured on; without it they mean nothing.</summary>
internal static class Machine
{
    private static readonly TimeSpan Probing = TimeSpan.FromMilliseconds(200);

    public static void Print(string dataDirectory)
    {
        var sync = SyncProbe.Run(dataDirectory, Probing);
        Console.WriteLine(
            $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, "
                + $"{RuntimeInformation.FrameworkDescription}; a 4 KB write with fdatasync takes "
                + $"{sync.Percentile(50).TotalMicroseconds:N0} µs (median); host and client share the machine"
        );
        Console.WriteLine();
    }
}
