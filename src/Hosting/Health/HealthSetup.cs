using Actors.Grains.Durability;
using Actors.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting.Health;

/// <summary>
/// The checks that fit this process. Each says in one sentence, without internals, what it found; an exception or a late
/// answer means unhealthy.
/// </summary>
internal static class HealthSetup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>After the grains: what is there decides what can be looked at.</summary>
    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HealthSummary>();
        var checks = builder.Services.AddHealthChecks();
        checks.Add<DatabaseCheck>("database").Add<CacheCheck>("cache");
        if (builder.Has<ISiloStatusOracle>())
        {
            checks.Add<SiloCheck>("silo");
        }
        if (builder.Has<Courier>())
        {
            checks.Add<OutboxCheck>("outbox");
        }
        if (builder.Has<FileJournal>())
        {
            builder.Services.AddSingleton(DiskSpace.Read(builder.Configuration));
            checks.Add<JournalCheck>("journal").Add<DiskCheck>("disk");
        }
    }

    public static IHealthChecksBuilder Add<T>(this IHealthChecksBuilder checks, string name)
        where T : class, IHealthCheck => checks.AddCheck<T>(name, HealthStatus.Unhealthy, [], Patience);

    private static bool Has<T>(this IHostApplicationBuilder builder) =>
        builder.Services.Any(static service => service.ServiceType == typeof(T));
}
