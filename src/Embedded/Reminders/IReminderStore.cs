namespace Actors.Embedded;

/// <summary>Where reminders are kept durable. Calls for one reminder never overlap.</summary>
public interface IReminderStore
{
    ValueTask<IReadOnlyList<StoredReminder>> LoadAllAsync(CancellationToken cancellation);

    /// <summary>When the task completes, the reminder survives any crash.</summary>
    ValueTask UpsertAsync(StoredReminder reminder);

    ValueTask RemoveAsync(GrainId grain, string name);
}

/// <summary>A registered reminder: ticks fall on <paramref name="FirstTickAt"/> and every period after it.</summary>
public sealed record StoredReminder(GrainId Grain, string Name, DateTimeOffset FirstTickAt, TimeSpan Period);
