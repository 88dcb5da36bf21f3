using Actors.TestKit.Loops;

namespace Actors.TestKit.Runtime;

/// <summary>What a simulated silo finds when it starts.</summary>
/// <param name="Process">What the silo is a part of, and dies with.</param>
/// <param name="Outside">What outlives every process: whoever calls without being in one.</param>
/// <param name="Reminders">The table, which outlives every process too.</param>
internal sealed record SiloSurroundings(
    FaultDomain Process,
    FaultDomain Outside,
    Chance Chance,
    GrainCatalog Catalog,
    ReminderTable Reminders
)
{
    /// <summary>Null where no message is ever lost, late or doubled.</summary>
    public IMessageFaults? Faults { get; init; }

    /// <summary>Whether every message is written to bytes and read again, as between two servers.</summary>
    public bool RoundTrips { get; init; }

    /// <summary>How long nobody may have used a grain before it is put away.</summary>
    public TimeSpan CollectionAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often it is looked for such grains.</summary>
    public TimeSpan CollectionQuantum { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Hears what is worth a line for whoever reads what happened.</summary>
    public Action<string> Remark { get; init; } = static _ => { };
}
