using Actors.Journal;
using Actors.Journal.Disks;

namespace Actors.Simulation.Tests.Planted;

/// <summary>
/// A bug that the product does not have, put around it from outside. The simulator has to find it: an invariant that no
/// bug can break proves nothing.
/// </summary>
internal sealed record PlantedBug(string Name)
{
    /// <summary>The product as it is.</summary>
    public static readonly PlantedBug None = new("none");

    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("acknowledge-before-sync") { AroundJournal = static journal => new EagerJournal(journal) },
        new("guess-after-failed-sync") { AroundJournal = static journal => new GuessingJournal(journal) },
        new("forget-to-wake") { AroundJournal = static journal => new SleepyJournal(journal) },
        new("forget-the-outbox") { AroundJournal = static journal => new ForgetfulJournal(journal, "sent") },
        new("forget-what-was-received") { AroundJournal = static journal => new ForgetfulJournal(journal, "received") },
        new("acknowledge-purchases-before-sync")
        {
            AroundJournal = OnlyFor("balance", static journal => new EagerJournal(journal)),
        },
        new("forget-the-outbox-of-balances")
        {
            AroundJournal = OnlyFor("balance", static journal => new ForgetfulJournal(journal, "sent")),
        },
        new("forget-what-wallets-received")
        {
            AroundJournal = OnlyFor("wallet", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("forget-what-devices-received")
        {
            AroundJournal = OnlyFor("device", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("forget-keys") { AroundJournal = Misreading(MisreadingJournal.ForgetKeys) },
        new("count-no-holds") { AroundJournal = Misreading(MisreadingJournal.CountNoHolds) },
        new("settle-twice")
        {
            AroundJournal = OnlyFor(
                "balance",
                static journal => new MisreadingJournal(
                    new ForgetfulJournal(journal, "received"),
                    MisreadingJournal.ForgetSettlements
                )
            ),
        },
        new("forget-the-outbox-of-conversations")
        {
            AroundJournal = OnlyFor("conversation", static journal => new ForgetfulJournal(journal, "sent")),
        },
        new("forget-keys-of-messages")
        {
            AroundJournal = OnlyFor(
                "conversation",
                static journal => new MisreadingJournal(journal, MisreadingJournal.ForgetKeys)
            ),
        },
        new("forget-when-users-chatted")
        {
            AroundJournal = OnlyFor(
                "conversation",
                static journal => new MisreadingJournal(journal, MisreadingJournal.ForgetActivity)
            ),
        },
        new("forget-what-lists-of-conversations-received")
        {
            AroundJournal = OnlyFor("conversation-list", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("forget-what-mood-feeds-received")
        {
            AroundJournal = OnlyFor("mood-feed", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("forget-what-boxes-of-mood-messages-received")
        {
            AroundJournal = OnlyFor("mood-message-box", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("forget-the-outbox-of-mood-messages")
        {
            AroundJournal = OnlyFor("mood-message", static journal => new ForgetfulJournal(journal, "sent")),
        },
        new("forget-what-counts-of-mood-messages-received")
        {
            AroundJournal = OnlyFor("mood-message-counts", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("forget-to-write-down-erasures")
        {
            AroundJournal = OnlyFor(
                "conversation",
                static journal => new LosingJournal(journal, "conversation.erased.v1")
            ),
        },
        new("forget-that-somebody-is-erased")
        {
            AroundJournal = OnlyFor("erasure", static journal => new LosingJournal(journal, "erasure.begun.v1")),
        },
        new("forget-who-is-let-in-no-more")
        {
            AroundJournal = OnlyFor("person", static journal => new LosingJournal(journal, "person.erased.v1")),
        },
        new("forget-which-files-are-being-stored")
        {
            AroundJournal = OnlyFor("uploads", static journal => new LosingJournal(journal, "uploads.reserved.v1")),
        },
        new("forget-who-asked-for-an-export")
        {
            AroundJournal = OnlyFor("export", static journal => new LosingJournal(journal, "export.requested.v1")),
        },
        new("forget-what-pets-received")
        {
            AroundJournal = OnlyFor("pets", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("forget-what-pets-have-answered")
        {
            AroundJournal = OnlyFor(
                "conversation",
                static journal => new MisreadingJournal(journal, MisreadingJournal.ForgetAnswersOfPets)
            ),
        },
        new("forget-who-listens")
        {
            AroundJournal = OnlyFor(
                "webhook-feed",
                static journal => new MisreadingJournal(journal, MisreadingJournal.ForgetSubscribers)
            ),
        },
        new("forget-how-transactions-ended")
        {
            AroundJournal = OnlyFor(
                "transaction",
                static journal => new MisreadingJournal(journal, MisreadingJournal.ForgetEnds)
            ),
        },
        new("forget-what-transaction-lists-received")
        {
            AroundJournal = OnlyFor("transaction-list", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("forget-what-activity-received")
        {
            AroundJournal = OnlyFor("activity", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("forget-that-calls-are-confirmed")
        {
            AroundJournal = OnlyFor("booking", static journal => new LosingJournal(journal, "booking.confirmed.v1")),
        },
        new("let-bookings-sleep") { AroundJournal = OnlyFor("booking", static journal => new SleepyJournal(journal)) },
        new("forget-what-was-confirmed")
        {
            AroundJournal = OnlyFor(
                "performer",
                static journal => new MisreadingJournal(journal, MisreadingJournal.ForgetConfirmations)
            ),
        },
        new("forget-what-performers-received")
        {
            AroundJournal = OnlyFor("performer", static journal => new ForgetfulJournal(journal, "received")),
        },
        new("let-anybody-write") { AroundJournal = static journal => new UnfencedJournal(journal) },
        new("sync-that-lies") { AroundDisk = static disk => new LyingDisk(disk) },
    ];

    private Func<IJournal, IJournal>? AroundJournal { get; init; }

    private Func<IDisk, IDisk>? AroundDisk { get; init; }

    public static PlantedBug? Find(string name) => All.FirstOrDefault(bug => bug.Name == name);

    private static Func<IJournal, IJournal> OnlyFor(string category, Func<IJournal, IJournal> around) =>
        journal => new PartialJournal(journal, around(journal), category);

    private static Func<IJournal, IJournal> Misreading(Action<System.Text.Json.Nodes.JsonObject> misread) =>
        OnlyFor("balance", journal => new MisreadingJournal(journal, misread));

    public IJournal Around(IJournal journal) => AroundJournal is null ? journal : AroundJournal(journal);

    public IDisk Around(IDisk disk) => AroundDisk is null ? disk : AroundDisk(disk);
}
