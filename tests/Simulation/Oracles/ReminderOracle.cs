namespace Actors.Simulation.Tests.Oracles;

/// <summary>When everything has settled no reminder is left: each goes at the first tick that finds nothing to do.</summary>
internal sealed class ReminderOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence.Reminders.Select(static name => $"the reminder {name} is left, with nothing to do");
}
