using System.Text.Json;
using Actors.Simulation.Tests.Worlds;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>When everything has settled no reminder is left: each goes at the first tick that finds nothing to do.</summary>
internal sealed class ReminderOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence)
    {
        var registered = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var recorded in evidence.EventsOf(StreamContents.Reminders))
        {
            using var json = JsonDocument.Parse(recorded.Json);
            var @event = json.RootElement;
            if (@event.GetProperty("type").GetString() == "reminder.set.v1")
            {
                registered.Add(NameOf(@event.GetProperty("reminder")));
            }
            else
            {
                registered.Remove(NameOf(@event));
            }
        }
        return registered.Select(static name => $"the reminder {name} is left, with nothing to do");
    }

    private static string NameOf(JsonElement reminder) =>
        $"{reminder.GetProperty("grain").GetString()} {reminder.GetProperty("name").GetString()}";
}
