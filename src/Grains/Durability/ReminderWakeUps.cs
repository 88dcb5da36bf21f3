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

    public async ValueTask BeforeCommitAsync(Grain grain, DateTimeOffset wakeAt)
    {
        var registration = ((IRegistersWakeUp)grain).Registration;
        var due = DueAfter(wakeAt);
        if (registration.TickAt is { } tickAt && tickAt <= time.GetUtcNow() + due)
        {
            return;
        }
        await grain.RegisterOrUpdateReminder(ReminderName, due, Shortest);
        registration.TickAt = time.GetUtcNow() + due;
    }

    public async ValueTask AfterWakeAsync(Grain grain, DateTimeOffset? wakeAt)
    {
        var registration = ((IRegistersWakeUp)grain).Registration;
        if (wakeAt is { } next)
        {
            // A reminder that has begun to tick goes on every minute: move it on when the next look is far away.
            if (next - time.GetUtcNow() > Shortest * 2)
            {
                registration.TickAt = null;
                await BeforeCommitAsync(grain, next);
            }
            return;
        }
        // A commit may come in between any two of these steps. It must find no known tick, so that it registers anew; the
        // removal then either comes first or fails on the reminder's changed tag.
        registration.TickAt = null;
        if (await grain.GetReminder(ReminderName) is { } reminder && registration.TickAt is null)
        {
            await grain.UnregisterReminder(reminder);
        }
    }

    public void Asleep(StreamId stream, DateTimeOffset? wakeAt)
    {
        // The reminder outlives the activation.
    }

    private TimeSpan DueAfter(DateTimeOffset wakeAt)
    {
        var wait = wakeAt - time.GetUtcNow();
        return wait < Shortest ? Shortest
            : wait > Longest ? Longest
            : wait;
    }
}

/// <summary>What an activation remembers of its reminder, so that a busy grain registers it once.</summary>
internal sealed class WakeUpRegistration
{
    /// <summary>The first tick that is known to come; null when none is known.</summary>
    public DateTimeOffset? TickAt { get; set; }
}

internal interface IRegistersWakeUp
{
    WakeUpRegistration Registration { get; }
}
