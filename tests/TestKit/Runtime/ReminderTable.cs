using Actors.TestKit.Loops;

namespace Actors.TestKit.Runtime;

/// <summary>
/// Reminders, which outlive every process, as a cluster's storage keeps them. They tick on the steady clock of whatever is
/// outside; a tick that finds no process is missed.
/// </summary>
internal sealed class ReminderTable(FaultDomain outside)
{
    private readonly SortedDictionary<string, Reminder> _reminders = new(StringComparer.Ordinal);
    private long _changes;

    /// <summary>Whoever hears ticks now.</summary>
    public Action<IGrainReminder, GrainId, TickStatus>? Ticks { get; set; }

    /// <summary>The grains and names of all reminders.</summary>
    public IReadOnlyCollection<string> Names => _reminders.Keys;

    public IGrainReminder Set(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        var reminder = new Reminder(grain, name, period, outside.Time.GetUtcNow() + dueTime, ++_changes);
        var key = KeyOf(grain, name);
        Remove(key);
        _reminders.Add(key, reminder);
        reminder.Timer = outside.Time.CreateTimer(_ => Tick(reminder), null, dueTime, period);
        return reminder;
    }

    public IGrainReminder? Find(GrainId grain, string name) => _reminders.GetValueOrDefault(KeyOf(grain, name));

    public List<IGrainReminder> Of(GrainId grain) => [.. _reminders.Values.Where(reminder => reminder.Grain == grain)];

    /// <summary>Fails when the reminder has been set anew since it was found.</summary>
    public void Remove(GrainId grain, IGrainReminder reminder)
    {
        if (Find(grain, reminder.ReminderName) is not Reminder found || !ReferenceEquals(found, reminder))
        {
            throw new ReminderException($"{reminder.ReminderName} of {grain} is gone or another one.");
        }
        Remove(KeyOf(grain, reminder.ReminderName));
    }

    private static string KeyOf(GrainId grain, string name) => $"{grain} {name}";

    private void Remove(string key)
    {
        if (_reminders.Remove(key, out var reminder))
        {
            reminder.Timer?.Dispose();
        }
    }

    private void Tick(Reminder reminder) =>
        Ticks?.Invoke(
            reminder,
            reminder.Grain,
            new TickStatus(reminder.FirstAt.UtcDateTime, reminder.Period, outside.Time.GetUtcNow().UtcDateTime)
        );

    /// <param name="Change">Tells it from earlier ones of the same name, as an ETag does.</param>
    private sealed record Reminder(
        GrainId Grain,
        string ReminderName,
        TimeSpan Period,
        DateTimeOffset FirstAt,
        long Change
    ) : IGrainReminder
    {
        public ITimer? Timer { get; set; }
    }
}
