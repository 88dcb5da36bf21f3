using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Queues;

public static class QueueRefusals
{
    public const string QueueFullCode = "QUEUE_FULL";
    public const string QueuePausedCode = "QUEUE_PAUSED";
    public const string BuyerLimitCode = "QUEUE_BUYER_LIMIT";
    public const string CoolDownCode = "QUEUE_COOL_DOWN";
    public const string EntryNotFoundCode = "QUEUE_ENTRY_NOT_FOUND";
    public const string EntryFinishedCode = "QUEUE_ENTRY_FINISHED";
    public const string EntryStartedCode = "QUEUE_ENTRY_STARTED";
    public const string EntryNotStartedCode = "QUEUE_ENTRY_NOT_STARTED";
    public const string InvalidDeliverPercentCode = "INVALID_DELIVER_PERCENT";

    public static readonly Refusal QueueFull = new(QueueFullCode, "The queue is full; try again later.");

    public static readonly Refusal QueuePaused = new(QueuePausedCode, "The queue takes nothing in at the moment.");

    public static Refusal BuyerLimit(int most) =>
        new(BuyerLimitCode, $"One buyer has at most {most} entries in a queue at a time.");

    public static Refusal CoolDown(DateTimeOffset resetTime) =>
        new(CoolDownCode, "Too much was cancelled in a short time; buy again later.", resetTime);

    public static readonly Refusal EntryNotFound = new(EntryNotFoundCode, "There is no such entry in this queue.");

    public static readonly Refusal EntryFinished = new(EntryFinishedCode, "This entry is finished.");

    public static readonly Refusal EntryStarted = new(EntryStartedCode, "This entry has been started.");

    public static readonly Refusal EntryNotStarted = new(EntryNotStartedCode, "Start this entry first.");

    public static readonly Refusal InvalidDeliverPercent = new(
        InvalidDeliverPercentCode,
        "deliver_percent is a whole number from 1 to 100."
    );
}
