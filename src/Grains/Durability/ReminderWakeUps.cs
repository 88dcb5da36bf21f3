using Actors.Journal;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Durability;

/// <summary>
/// Wake-ups by a durable Orleans reminder on the grain itself: registered before the first commit that needs one, kept
/// for as long as the grain is busy, and taken back by a tick that finds nothing to do and nothing done for a while.
/// </summary>
public sealed class ReminderWakeUps(TimeProvider time, IOptions<ReminderOptions> options) : IWakeUps
{
    public const string ReminderName = "wake";

    /// <summary>
    /// A tick costs nothing in the storage, but registering, finding and removing a reminder cost a request each: whoever
    /// comes back within this time finds it still there.
    /// </summary>
    public static readonly TimeSpan KeptIdle = TimeSpan.FromMinutes(15);

    // Orleans takes due times up to 49 days; a tick a day that finds nothing due simply sets the next one.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Orleans takes no shorter one: a minute, unless it is told otherwise.</summary>
    private readonly TimeSpan _shortest = options.Value.MinimumReminderPeriod;

    public ValueTask BeforeCommitAsync(Grain grain, DateTimeOffset wakeAt)
    {
        var registration = ((IRegistersWakeUp)grain).Registration;
        var now = time.GetUtcNow();
        registration.NeededAt = now;
        return registration.Covers(now + DueAfter(wakeAt, now))
            ? ValueTask.CompletedTask
            : new ValueTask(registration.ChangeAsync(() => RegisterAsync(grain, registration, wakeAt)));
    }

    public async ValueTask AfterWakeAsync(Grain grain, DateTimeOffset? wakeAt)
    {
        var registration = ((IRegistersWakeUp)grain).Registration;
        var now = time.GetUtcNow();
        // A reminder that has begun to tick goes on every minute: move it on when the next look is far away.
        if (wakeAt - now <= _shortest * 2 || now - registration.NeededAt < KeptIdle)
        {
            return;
        }
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
            else if ((registration.Reminder ?? await grain.GetReminder(ReminderName)) is { } reminder)
            {
                registration.Reminder = null;
                await grain.UnregisterReminder(reminder);
            }
        });
    }

    private async Task RegisterAsync(Grain grain, WakeUpRegistration registration, DateTimeOffset wakeAt)
    {
        // By the moment that was asked for, not by the one at which the storage had answered: that one is a little later, and the next
        // commit with the same due time would take the reminder for too late, and register it again.
        var now = time.GetUtcNow();
        var due = DueAfter(wakeAt, now);
        if (!registration.Covers(now + due))
        {
            registration.Reminder = await grain.RegisterOrUpdateReminder(ReminderName, due, _shortest);
            registration.TickAt = now + due;
        }
    }

    /// <summary>For a stream that comes from elsewhere, whose owner has never run here.</summary>
    public Task RegisterAsync(IReminderTable reminders, PendingStream pending)
    {
        ArgumentNullException.ThrowIfNull(reminders);
        var now = time.GetUtcNow();
        var entry = new ReminderEntry
        {
            GrainId = GrainId.Parse(pending.Stream.Value),
            ReminderName = ReminderName,
            StartAt = (now + DueAfter(pending.WakeAt, now)).UtcDateTime,
            Period = _shortest,
        };
        return reminders.UpsertRow(entry);
    }

    public void Asleep(StreamId stream, DateTimeOffset? wakeAt)
    {
        // The reminder outlives the activation.
    }

    private TimeSpan DueAfter(DateTimeOffset wakeAt, DateTimeOffset now)
    {
        var wait = wakeAt - now;
        return wait < _shortest ? _shortest
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

    /// <summary>When a commit last left something to do; null as long as none has.</summary>
    public DateTimeOffset? NeededAt { get; set; }

    /// <summary>What this activation registered last, and so need not look for; null when an earlier one has.</summary>
    public IGrainReminder? Reminder { get; set; }

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
