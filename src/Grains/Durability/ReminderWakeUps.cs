using Actors.Journal;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Durability;

/// <summary>
/// Wake-ups by a durable Orleans reminder on the grain itself: registered before the first commit that needs one, kept
/// for as long as the grain is busy, and taken back by a tick that finds nothing to do and nothing done for a while.
/// </summary>
/// <remarks>
/// While a cluster is split a grain may have two activations, and the reminder is theirs together. So (1) an activation
/// relies only on what it has registered itself, never on what it found; (2) it takes the reminder back only with a fence in
/// its stream: one that knows less than the other gets no further than that, and the other, when it does not know of the
/// fence, can no longer commit; (3) the removal is of the reminder as it was before the fence, by its tag, so that whoever
/// has loaded the stream since, and registered anew, keeps his; (4) who has moved the reminder away and then finds that
/// another one has written, which may have needed it where it was, puts it back to soon.
/// </remarks>
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
        registration.NeededAt = time.GetTimestamp();
        return registration.Covers(now + DueAfter(wakeAt, now))
            ? ValueTask.CompletedTask
            : new ValueTask(registration.ChangeAsync(() => RegisterAsync(grain, registration, wakeAt)));
    }

    public async ValueTask AfterWakeAsync(Grain grain, DateTimeOffset? wakeAt)
    {
        var owner = (IRegistersWakeUp)grain;
        var registration = owner.Registration;
        var now = time.GetUtcNow();
        // A reminder that has begun to tick goes on every minute: move it on when the next look is far away.
        if (wakeAt - now <= _shortest * 2 || WasNeeded(registration))
        {
            return;
        }
        // From here on commits register anew.
        registration.TickAt = null;
        if (wakeAt is { } next)
        {
            await registration.ChangeAsync(() => RegisterAsync(grain, registration, next));
            await owner.FenceAsync();
        }
        else if ((registration.Reminder ?? await grain.GetReminder(ReminderName)) is { } reminder)
        {
            registration.Reminder = null;
            await owner.FenceAsync();
            await registration.ChangeAsync(() =>
                registration.TickAt is null ? grain.UnregisterReminder(reminder) : Task.CompletedTask
            );
        }
    }

    public ValueTask OvertakenAsync(Grain grain)
    {
        var registration = ((IRegistersWakeUp)grain).Registration;
        return registration.TickAt is null
            ? ValueTask.CompletedTask
            : new ValueTask(registration.ChangeAsync(() => RegisterAsync(grain, registration, time.GetUtcNow())));
    }

    public void Asleep(StreamId stream, DateTimeOffset? wakeAt)
    {
        // The reminder outlives the activation.
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

    private bool WasNeeded(WakeUpRegistration registration) =>
        registration.NeededAt is { } at && time.GetElapsedTime(at) < KeptIdle;

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

    /// <summary>
    /// When a commit last left something to do, as a timestamp: a clock that is set back would keep a reminder ticking until it has
    /// caught up. Null as long as none has.
    /// </summary>
    public long? NeededAt { get; set; }

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

    /// <summary>Writes something after which nobody can write who does not know of it; fails when that is this activation.</summary>
    Task FenceAsync();
}
