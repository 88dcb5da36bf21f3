using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>Waits until nothing is left to do, which has to come about by itself once nothing fails any more.</summary>
internal sealed class Settling(Scenario scenario, VirtualClock clock, TimeProvider time, Machine machine, Report report)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    public async Task WaitAsync(DateTimeOffset lastDue)
    {
        // A timer that was set before the clock was moved comes late by as much.
        var patience = scenario.LongestExpiry + clock.SetForward + clock.SetBack + LongestTimer * 2;
        var giveUpAt = clock.Elapsed + patience;
        while (!IsSettled(lastDue))
        {
            if (clock.Elapsed > giveUpAt)
            {
                var pending = machine.Process?.Journal.ListPending() ?? [];
                report.Violation($"not settled after {patience}: {string.Join(", ", pending)}");
                return;
            }
            await Task.Delay(TimeSpan.FromMinutes(5), time);
        }
        if (scenario.WakeUps == WakeUpKind.Reminders)
        {
            // A reminder that is no longer needed goes at its next tick, at most a day later.
            await Task.Delay(LongestTimer + TimeSpan.FromHours(1), time);
        }
    }

    private bool IsSettled(DateTimeOffset lastDue) =>
        machine.Process is { Journal.IsFenced: false } process
        && clock.Now > lastDue
        // Without the index nobody is woken only to write down that others have received everything.
        && (scenario.WakeUps == WakeUpKind.Reminders || process.Journal.ListPending().Count == 0);
}
