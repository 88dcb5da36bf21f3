using System.Globalization;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting.Health;

/// <summary>
/// How much room is left where the journal lies. Below a tenth of what it warns at the host is unhealthy, while there is
/// still time to make room.
/// </summary>
/// <param name="FreeBytes">Asks the file system.</param>
internal sealed record DiskSpace(Func<long> FreeBytes, long WarnBelowBytes)
{
    private const long Megabyte = 1024 * 1024;

    public static DiskSpace Read(IConfiguration settings)
    {
        var directory = settings.DataDirectory();
        return new(
            () => new DriveInfo(directory).AvailableFreeSpace,
            SettingsReader.Read<DataOptions>(settings).WarnBelowMegabytes * Megabyte
        );
    }
}

/// <summary>Whether the disk will do for a while. One without room refuses commands, so that somebody must hear of it before.</summary>
internal sealed class DiskCheck(DiskSpace disk) : IHealthCheck
{
    private const int UnhealthyPart = 10;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        // A file system of others may hang, and the caller would with it.
        Task.Run(Judge, CancellationToken.None).WaitAsync(cancellationToken);

    private HealthCheckResult Judge()
    {
        var free = disk.FreeBytes();
        var detail = string.Create(CultureInfo.InvariantCulture, $"{free / 1024d / 1024 / 1024:N1} GiB are free.");
        return free < disk.WarnBelowBytes / UnhealthyPart ? HealthCheckResult.Unhealthy(detail)
            : free < disk.WarnBelowBytes ? HealthCheckResult.Degraded(detail)
            : HealthCheckResult.Healthy(detail);
    }
}
