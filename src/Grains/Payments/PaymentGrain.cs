using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Durability;
using Actors.Grains.Payments.Providers;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Payments;

/// <summary>
/// One payment. What it owes the provider is on its agenda until the provider has answered; what others have to know leaves
/// through the outbox.
/// </summary>
[GrainType("payment")]
public sealed partial class PaymentGrain(
    IGrainContext context,
    DurableServices services,
    PaymentDesk desk,
    ILogger<PaymentGrain> logger
) : EventSourcedGrain<Payment, PaymentEvent>(context, services, Definition), IPaymentGrain
{
    private static readonly Aggregate<Payment, PaymentEvent> Definition = new()
    {
        Initial = Payment.None,
        Evolve = PaymentFold.Evolve,
        NextDue = static payment => payment.NextDue,
        EventJson = PaymentJson.Default.PaymentEvent,
        StateJson = PaymentJson.Default.Payment,
    };

    private readonly OutsideCalls _calls = new(services.Time);
    private Task? _opening;

    public async Task<Outcome<PaymentView>> Start(StartPayment command)
    {
        if (Current.Order is { } order)
        {
            if (!PaymentRules.IsSame(order, command))
            {
                return PaymentRefusals.PaymentOther;
            }
        }
        else
        {
            if (command.ExpiresAt <= Now)
            {
                // The booking has given it up already, and would not say so a second time.
                return PaymentRefusals.PaymentRefused;
            }
            if (desk.Offered(command.Provider) is not { } provider)
            {
                return PaymentRefusals.ProviderUnknown;
            }
            var amount = provider.AmountOf(command.Price);
            if (amount.Refusal is { } refusal)
            {
                return refusal;
            }
            await Commit(PaymentRules.Start(command, amount.Value, Now));
        }
        await (Current.Status == PaymentStatus.Starting ? OpenAsync() : WhenDurable());
        return PaymentViews.Answer(Durable);
    }

    public ValueTask<PaymentView?> Get() => new(PaymentViews.Of(Durable));

    public ValueTask<PaymentFile?> Describe() => new(PaymentViews.FileOf(Durable));

    public Task Expire(Delivery delivery) => CommitOnce(delivery, () => PaymentRules.Expire(Current, Now));

    public Task Settle(Delivery delivery, SettlePayment command) =>
        CommitOnce(delivery, () => PaymentRules.Decide(Current, command, Now));

    public Task Reduce(Delivery delivery, ReducePayment command) =>
        CommitOnce(delivery, () => PaymentRules.Decide(Current, command, Now));

    public async Task<Outcome<Done>> Hear(ProviderEvent said)
    {
        if (Current.Order is null)
        {
            return PaymentRefusals.PaymentNotFound;
        }
        await CommitAsync(HearingRules.Hear(Current, said, Now));
        return Done.It;
    }

    public Task<Outcome<PaymentFile>> NoteRefund(NoteRefund command) =>
        Apply<RefundDone?, PaymentFile>(
            HearingRules.Decide(Current, command, Now),
            () => PaymentViews.FileOf(Durable)!
        );

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _calls.EndAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        var begun = ErrandRules.DecideDue(Current, now);
        await Commit(begun.AsSpan());
        foreach (var errand in begun.OfType<ErrandBegun>())
        {
            Run(errand);
        }
    }

    protected override IReadOnlyList<Effect> EffectsOf(PaymentEvent @event, long version) => PaymentEffects.Of(@event);

    /// <summary>Asks the provider, outside of everybody's turn; whatever it answers is decided about when it has.</summary>
    private void Run(ErrandBegun errand)
    {
        var (order, session, provider) = (errand.Order, Durable.Session, desk.Of(errand.Order.Provider));
        switch (errand.Kind)
        {
            case ErrandKind.Open:
                _calls.Begin(() => AskedAsync(OpenAsync()), static _ => Task.CompletedTask);
                break;
            case ErrandKind.Close when session is not null:
                _calls.Begin(
                    () => provider.CloseAsync(order, session),
                    answer => CommitAsync(HearingRules.Closed(Current, answer, Now))
                );
                break;
            case ErrandKind.Ask:
                _calls.Begin(
                    () => provider.FetchAsync(order, session),
                    answer => CommitAsync(HearingRules.Asked(Current, answer, Now))
                );
                break;
            case ErrandKind.Refund when Durable.RefundOf(errand.Number) is { State: RefundState.Owed } refund:
                var wanted = new RefundOrder(
                    order,
                    session,
                    PaymentRules.RefundKey(order.PaymentId, refund.Number),
                    refund.Of,
                    refund.Money,
                    IsRepeat: Durable.Errands.Any(one =>
                        one is { Kind: ErrandKind.Refund, Tries: > 1 } && one.Number == refund.Number
                    )
                );
                _calls.Begin(
                    () => provider.RefundAsync(wanted),
                    answer => CommitAsync(HearingRules.RefundAnswered(Current, refund.Number, answer, Now))
                );
                break;
        }
    }

    /// <summary>One call at a time, whoever asks for it: all wait for the same answer.</summary>
    private Task OpenAsync() => _opening is { IsCompleted: false } running ? running : _opening = OpenOnceAsync();

    private async Task OpenOnceAsync()
    {
        var order = Current.Order!;
        var answer = await desk.Of(order.Provider).OpenAsync(order);
        if (answer is SessionAnswer.Unknown unknown)
        {
            LogNotOpened(order.Provider, unknown.Failure);
        }
        var events = HearingRules.Opened(Current, answer, Now);
        await (events.IsEmpty ? WhenDurable() : Commit(events.AsSpan()));
    }

    private static async Task<bool> AskedAsync(Task call)
    {
        await call;
        return true;
    }

    private Task CommitAsync(PaymentEvent? @event) => @event is null ? WhenDurable() : Commit(@event);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} did not say whether a session is open: {Failure}")]
    private partial void LogNotOpened(string provider, string failure);
}
