using Actors.Journal;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Durability;

/// <summary>What every durable grain is given.</summary>
public sealed class DurableServices(IJournal journal, IWakeUps wakeUps, TimeProvider time, ILoggerFactory loggers)
{
    public IJournal Journal { get; } = journal;

    public IWakeUps WakeUps { get; } = wakeUps;

    public TimeProvider Time { get; } = time;

    public ILogger<DurableServices> Logger { get; } = loggers.CreateLogger<DurableServices>();
}
