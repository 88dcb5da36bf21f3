using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Activity;
using Actors.Grains.Durability;
using Actors.Grains.Transactions.Nodes;

namespace Actors.Grains.Transactions;

[GrainType("transaction")]
public sealed class TransactionGrain(
    IGrainContext context,
    DurableServices services,
    IChainNode node,
    TransactionOptions options
) : EventSourcedGrain<Transaction, TransactionEvent>(context, services, Definition), ITransactionGrain
{
    private static readonly Aggregate<Transaction, TransactionEvent> Definition = new()
    {
        Initial = Transaction.None,
        Evolve = TransactionRules.Evolve,
        NextDue = static transaction => transaction.LookAt,
        EventJson = TransactionJson.Default.TransactionEvent,
        StateJson = TransactionJson.Default.Transaction,
    };

    private readonly OutsideCalls _looks = new(services.Time);

    public ValueTask<TransactionView?> Find() => new(View());

    public async Task<Outcome<TransactionView>> Record(RecordTransaction command)
    {
        // Whoever comes herself is known; others may have misspelt her id.
        if (
            command.Actor.Role is not (ActorRole.User or ActorRole.Model)
            && await GrainFactory.GetGrain<IPersonGrain>(command.UserId).Find() is null
        )
        {
            return IdentityRefusals.UserNotFound;
        }
        TimeSpan? lookAfter = node.Knows(command.Network) ? options.PauseAfter(0) : null;
        // A repetition gets what the first one got, whatever has come of it since.
        return await Apply<TransactionEvent?, TransactionView>(
            TransactionRules.Decide(Current, TransactionHash.Parse(Key), command, Now, lookAfter),
            () => TransactionRules.View(Durable.Recorded!, end: null)
        );
    }

    public Task<Outcome<TransactionView>> Settle(SettleTransaction command) =>
        Apply<TransactionEvent?, TransactionView>(TransactionRules.Decide(Current, command, Now), () => View()!);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _looks.EndAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        if (TransactionRules.DecideLook(Current, now, options) is { } look)
        {
            await Commit(look);
            var recorded = Durable.Recorded!;
            _looks.Begin(() => node.LookAsync(recorded.Network, recorded.Hash), SettleAsync);
        }
    }

    protected override IReadOnlyList<Effect> EffectsOf(TransactionEvent @event, long version) =>
        @event switch
        {
            TransactionRecorded recorded => Tell(recorded.Facts, TransactionStatus.Pending),
            TransactionConfirmed confirmed => Tell(confirmed.Facts, TransactionStatus.Confirmed),
            TransactionFailed failed => Tell(failed.Facts, TransactionStatus.Failed),
            _ => [],
        };

    /// <summary>The lists that it is in, and the person's activity.</summary>
    private static Effect[] Tell(TransactionFacts facts, TransactionStatus status)
    {
        var change = TransactionRules.ChangeOf(facts, status);
        return
        [
            .. TransactionRules
                .ListsOf(facts)
                .Select(key =>
                    Effect.To<ITransactionListGrain>(key, (list, delivery) => list.Receive(delivery, change))
                ),
            ActivityEffects.To(facts.UserId, TransactionRules.ActivityOf(facts, status)),
        ];
    }

    private async Task SettleAsync(ReceiptLook? look)
    {
        if (look is not null && TransactionRules.DecideReceipt(Current, look, Now, options) is { } end)
        {
            await Commit(end);
        }
    }

    private TransactionView? View() =>
        Durable.Recorded is { } recorded ? TransactionRules.View(recorded, Durable.End) : null;
}
