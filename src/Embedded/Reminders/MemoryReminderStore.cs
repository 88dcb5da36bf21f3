using System.Collections.Concurrent;

namespace Actors.Embedded;

/// <summary>Reminders that end with the process: for tests, and the default where no store is registered.</summary>
public sealed class MemoryReminderStore : IReminderStore
{
    private readonly ConcurrentDictionary<(GrainId, string), StoredReminder> _reminders = new();

    public ValueTask<IReadOnlyList<StoredReminder>> LoadAllAsync(CancellationToken cancellation) =>
        new([.. _reminders.Values.OrderBy(x => x.Grain).ThenBy(x => x.Name, StringComparer.Ordinal)]);

    public ValueTask UpsertAsync(StoredReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        _reminders[(reminder.Grain, reminder.Name)] = reminder;
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(GrainId grain, string name)
    {
        _reminders.TryRemove((grain, name), out _);
        return ValueTask.CompletedTask;
    }
}
