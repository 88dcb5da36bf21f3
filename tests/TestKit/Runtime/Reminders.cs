using Orleans.Timers;

namespace Actors.TestKit.Runtime;

/// <summary>The way from one process to the table of reminders: each request and each answer takes its time.</summary>
internal sealed class Reminders(SimulatedSilo silo, ReminderTable table) : IReminderRegistry
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    public Task<IGrainReminder> RegisterOrUpdateReminder(
        GrainId callingGrainId,
        string reminderName,
        TimeSpan dueTime,
        TimeSpan period
    ) =>
        period < Shortest
            ? throw new ArgumentException($"{reminderName} of {callingGrainId} ticks more often than each minute.")
            : AskAsync(() => table.Set(callingGrainId, reminderName, dueTime, period));

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder) =>
        AskAsync(() =>
        {
            table.Remove(callingGrainId, reminder);
            return true;
        });

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        AskAsync(() => table.Find(callingGrainId, reminderName));

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) => AskAsync(() => table.Of(callingGrainId));

    private async Task<T> AskAsync<T>(Func<T> ask)
    {
        await silo.HopAsync();
        var answer = ask();
        await silo.HopAsync();
        return answer;
    }
}
