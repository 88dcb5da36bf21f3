using Actors.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Durability;

/// <summary>What every durable grain is given.</summary>
public sealed class DurableServices(
    IJournal journal,
    IWakeUps wakeUps,
    Courier courier,
    TimeProvider time,
    ILoggerFactory loggers,
    IHostApplicationLifetime? lifetime = null,
    IJournalCondition? condition = null
)
{
    public IJournal Journal { get; } = journal;

    public IWakeUps WakeUps { get; } = wakeUps;

    /// <summary>False while the journal is known to have no room.</summary>
    public bool TakesWrites => condition?.Full is null;

    internal Courier Courier { get; } = courier;

    public TimeProvider Time { get; } = time;

    /// <summary>Cancelled when the process is asked to stop, before anything else ends.</summary>
    public CancellationToken Stopping { get; } = lifetime?.ApplicationStopping ?? CancellationToken.None;

    public ILogger<DurableServices> Logger { get; } = loggers.CreateLogger<DurableServices>();
}
