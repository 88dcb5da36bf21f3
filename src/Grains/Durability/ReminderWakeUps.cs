using Actors.Journal;

namespace Actors.Grains.Durability;

/// <summary>
/// Wake-ups by a durable Orleans reminder on the grain itself: registered before the first commit that needs one, kept
/// while the grain is busy, and taken back by a tick that finds nothing left to do.
/// </summary>
public sealed class ReminderWakeUps(TimeProvider time) : IWakeUps
{
    public const string ReminderName = "wake";

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    // Orleans takes due times up to 49 days; a tick a day that finds nothing due simply sets the next one.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public ValueTask BeforeCommitAsync(Grain grain, DateTimeOffset wakeAt)
    {
        var registration = ((IRegistersWakeUp)grain).Registration;
        return registration.Covers(time.GetUtcNow() + DueAfter(wakeAt))
            ? ValueTask.CompletedTask
            : new ValueTask(registration.ChangeAsync(() => RegisterAsync(grain, registration, wakeAt)));
    }

    public async ValueTask AfterWakeAsync(Grain grain, DateTimeOffset? wakeAt)
    {
        // A reminder that has begun to tick goes on every minute: move it on when the next look is far away.
        if (wakeAt - time.GetUtcNow() <= Shortest * 2)
        {
            return;
        }
        var registration = ((IRegistersWakeUp)grain).Registration;
        // From here on commits register anew. One that has done so by the time that it is this one's turn is right.
        registration.TickAt = null;
        await registration.ChangeAsync(async () =>
        {
            if (registration.TickAt is not null)
            {
                return;
            }
            if (wakeAt is { } next)
            {
                await RegisterAsync(grain, registration, next);
            }
            else if (await grain.GetReminder(ReminderName) is { } reminder)
            {
                await grain.UnregisterReminder(reminder);
            }
        });
    }

    private async Task RegisterAsync(Grain grain, WakeUpRegistration registration, DateTimeOffset wakeAt)
    {
        var due = DueAfter(wakeAt);
        if (!registration.Covers(time.GetUtcNow() + due))
        {
            await grain.RegisterOrUpdateReminder(ReminderName, due, Shortest);
            registration.TickAt = time.GetUtcNow() + due;
        }
    }

    /// <summary>For a stream that comes from elsewhere, whose owner has never run here.</summary>
    public static Task RegisterAsync(IReminderTable reminders, PendingStream pending, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reminders);
        var entry = new ReminderEntry
        {
            GrainId = GrainId.Parse(pending.Stream.Value),
            ReminderName = ReminderName,
            StartAt = (now + DueAfter(pending.WakeAt, now)).UtcDateTime,
            Period = Shortest,
        };
        return reminders.UpsertRow(entry);
    }

    public void Asleep(StreamId stream, DateTimeOffset? wakeAt)
    {
        // The reminder outlives the activation.
    }

    private TimeSpan DueAfter(DateTimeOffset wakeAt) => DueAfter(wakeAt, time.GetUtcNow());

    private static TimeSpan DueAfter(DateTimeOffset wakeAt, DateTimeOffset now)
    {
        var wait = wakeAt - now;
        return wait < Shortest ? Shortest
            : wait > Longest ? Longest
            : wait;
    }
}

/// <summary>What an activation remembers of its reminder, so that a busy grain registers it once.</summary>
internal sealed class WakeUpRegistration
{
    private Task _changing = Task.CompletedTask;

    /// <summary>The first tick that is known to come; null when none is known.</summary>
    public DateTimeOffset? TickAt { get; set; }

    /// <summary>Whether a tick is known that comes by then.</summary>
    public bool Covers(DateTimeOffset time) => TickAt <= time;

    /// <summary>
    /// One change of the reminder after the other: a removal that began before a commit registered anew would otherwise find
    /// the new reminder, and take it for the old one.
    /// </summary>
    public Task ChangeAsync(Func<Task> change)
    {
        // Runs on the scheduler of the grain: no locks.
        return _changing = AfterAsync(_changing, change);
    }

    private static async Task AfterAsync(Task before, Func<Task> change)
    {
        // Whoever asked for the change before this one hears of its failure.
        await before.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
        await change();
    }
}

internal interface IRegistersWakeUp
{
    WakeUpRegistration Registration { get; }
}
