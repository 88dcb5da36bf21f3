using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;
using Actors.Grains.Queues;

namespace Actors.Grains.Tests.Queues;

/// <summary>What tests about the rules of queues say again and again.</summary>
internal static class Entries
{
    public static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly Actor Model = new(ActorRole.Model, "mia");
    public static readonly Actor Ana = new(ActorRole.User, "ana");
    public static readonly QueueOptions Options = new();

    public static PurchaseId Id(long number) => PurchaseId.Of(1, number);

    public static IdempotencyKey Key(string text) => IdempotencyKey.Parse(text);

    public static EntryQueued Queued(
        long number,
        long? ticket = null,
        string user = "ana",
        string item = "wave",
        long tokens = 100,
        DateTimeOffset? at = null
    ) =>
        QueueRules.Decide(
            new QueuedPurchase(Id(number), user, item, "A wave", Tokens.Of(tokens), ticket ?? number, at ?? Now),
            at ?? Now,
            Options
        );

    public static PerformanceQueue Given(params IEnumerable<QueueEvent> events) =>
        events.Aggregate(PerformanceQueue.Empty, QueueRules.Evolve);

    public static PerformanceQueue After(this PerformanceQueue queue, QueueEvent? @event) =>
        @event is null ? queue : QueueRules.Evolve(queue, @event);

    public static PerformanceQueue Started(this PerformanceQueue queue, long number, DateTimeOffset? at = null) =>
        queue.After(Start(queue, number, at).Value);

    public static PerformanceQueue Ended(this PerformanceQueue queue, EndOfEntry end, DateTimeOffset? at = null) =>
        queue.After(QueueRules.Decide(queue, end, at ?? Now).Value!);

    /// <summary>Started and delivered, which took this long.</summary>
    public static PerformanceQueue Delivered(
        this PerformanceQueue queue,
        long number,
        TimeSpan took,
        string item = "wave"
    )
    {
        var started = queue.After(Queued(number, item: item)).Started(number);
        return started.Ended(Complete(number), Now + took);
    }

    public static Outcome<EntryStarted?> Start(PerformanceQueue queue, long number, DateTimeOffset? at = null) =>
        QueueRules.Decide(queue, new StartEntry(Model, Id(number)), at ?? Now);

    public static EndOfEntry Complete(long number, int percent = 100, string? key = null) =>
        EndOfEntry.From(new CompleteEntry(Model, Id(number), percent, Key(key ?? $"complete-{number}"))).Value!;

    public static EndOfEntry Reject(long number, string? reason = null, string? key = null) =>
        EndOfEntry.From(new RejectEntry(Model, Id(number), reason, Key(key ?? $"reject-{number}"))).Value!;

    public static EndOfEntry Cancel(long number, Actor? by = null) =>
        EndOfEntry.From(new CancelEntry(by ?? Ana, Id(number), Key($"cancel-{number}")));
}
