using System.Collections.Immutable;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Payments.Providers;

namespace Actors.Grains.Payments;

/// <summary>
/// What follows from what a provider says, by itself or when asked. It repeats itself, and says things in another order than
/// they happened. Pure: knows no grain, no clock, no I/O.
/// </summary>
public static class HearingRules
{
    /// <summary>Null when it says nothing new.</summary>
    public static PaymentEvent? Hear(Payment payment, ProviderEvent said, DateTimeOffset now)
    {
        if (payment.Order is not { } order || payment.Heard.Contains(said.EventId))
        {
            return null;
        }
        if (said.Check || said is { Kind: ProviderEventKind.Paid, Amount: null })
        {
            return new ErrandBegun(now, order, ErrandKind.Ask, 0, now, said.EventId);
        }
        return said.Kind switch
        {
            ProviderEventKind.Paid => Received(payment, said.Amount!.Value, said.Reference, said.EventId, now),
            ProviderEventKind.Declined => Declined(payment, said.EventId, now),
            ProviderEventKind.Expired => Ended(payment, said.EventId, now),
            ProviderEventKind.Refunded => Refunded(payment, NumberOf(payment, said.Reference), null, said.EventId, now),
            ProviderEventKind.RefundFailed => Failed(
                payment,
                NumberOf(payment, said.Reference),
                "The provider could not send the money back.",
                said.EventId,
                now
            ),
            _ => null,
        };
    }

    /// <summary>What opening a session came to.</summary>
    public static ImmutableArray<PaymentEvent> Opened(Payment payment, SessionAnswer answer, DateTimeOffset now)
    {
        if (payment.Order is not { } order || payment.Errands.All(static one => one.Kind != ErrandKind.Open))
        {
            // Known already, by another call; or paid before this answer came, and then only the session is new.
            return payment is { Order: { } paid, Session: null } && answer is SessionAnswer.Opened { Session: var late }
                ? [new SessionOpened(now, paid, late)]
                : [];
        }
        return answer switch
        {
            SessionAnswer.Opened { Session: var session, Reference: null } => [new SessionOpened(now, order, session)],
            SessionAnswer.Opened { Session: var session, Reference: { } reference } =>
            [
                new SessionOpened(now, order, session),
                Received(payment, order.Amount, reference, null, now)!,
            ],
            SessionAnswer.Refused { Refusal: var refusal } =>
            [
                new SessionRefused(now, order, new PaymentFailure(refusal.Code, PaymentRules.Clipped(refusal.Message))),
            ],
            _ => [],
        };
    }

    /// <summary>What asking for the state of the session came to; null when nothing follows.</summary>
    public static PaymentEvent? Asked(Payment payment, StatusAnswer answer, DateTimeOffset now) =>
        answer switch
        {
            // Of what is known already there is nothing more to expect.
            StatusAnswer.Paid { Money: var money, Reference: var reference } => Received(
                payment,
                money,
                reference,
                null,
                now
            ) ?? (PaymentEvent)new SessionEnded(now, payment.Order!, Ask: false),
            StatusAnswer.Declined => Declined(payment, null, now),
            StatusAnswer.Over => Ended(payment, null, now),
            _ => null,
        };

    public static SessionEnded? Closed(Payment payment, CloseAnswer answer, DateTimeOffset now) =>
        payment.Errands.All(static one => one.Kind != ErrandKind.Close)
            ? null
            : answer switch
            {
                CloseAnswer.Closed => new SessionEnded(now, payment.Order!, Ask: false),
                CloseAnswer.NotClosable => new SessionEnded(now, payment.Order!, Ask: true),
                _ => null,
            };

    public static PaymentEvent? RefundAnswered(Payment payment, int number, RefundAnswer answer, DateTimeOffset now) =>
        answer switch
        {
            RefundAnswer.Done { Reference: var reference } => Refunded(payment, number, reference, null, now),
            RefundAnswer.NotPossible { Failure: var failure } => Failed(payment, number, failure, null, now),
            _ => null,
        };

    /// <summary>An admin has sent the money herself.</summary>
    public static Outcome<RefundDone?> Decide(Payment payment, NoteRefund command, DateTimeOffset now)
    {
        var reference = command.Reference.Trim();
        if (reference.Length is < 1 or > PaymentRefusals.MaxReferenceLength || reference.Any(char.IsControl))
        {
            return PaymentRefusals.InvalidRefundReference;
        }
        if (payment.Order is null)
        {
            return PaymentRefusals.PaymentNotFound;
        }
        if (payment.RefundOf(command.Number) is not { } refund)
        {
            return PaymentRefusals.RefundNotFound;
        }
        return refund switch
        {
            { State: RefundState.ByHand } => Done(
                payment,
                refund with
                {
                    Reference = reference,
                },
                command.Actor,
                null,
                now
            ),
            { State: RefundState.Done } when refund.Reference == reference => (RefundDone?)null,
            _ => PaymentRefusals.RefundNotByHand,
        };
    }

    private static MoneyReceived? Received(
        Payment payment,
        Money money,
        string? reference,
        string? eventId,
        DateTimeOffset now
    )
    {
        var order = payment.Order!;
        // Without a name it is taken for the session's one payment.
        var name = PaymentRules.Clipped(reference ?? payment.Session?.Id ?? order.PaymentId);
        if (payment.Receipts.Any(receipt => receipt.Reference == name))
        {
            return null;
        }
        var kind =
            money != order.Amount ? ReceiptKind.Mismatch
            : payment.Due is not null || payment.Status == PaymentStatus.Settled ? ReceiptKind.Extra
            : ReceiptKind.Due;
        var receipt = new PaymentReceipt(name, money, kind, now);
        var refund =
            kind == ReceiptKind.Due
                ? null
                : PaymentRules.NextRefund(payment, name, money.Amount, kind.ToString()) with
                {
                    Money = money,
                };
        return new MoneyReceived(now, order, receipt, refund, eventId);
    }

    private static PaymentDeclined? Declined(Payment payment, string? eventId, DateTimeOffset now) =>
        payment.IsAwaited ? new PaymentDeclined(now, payment.Order!, PaymentRules.Declined, eventId) : null;

    private static PaymentEvent? Ended(Payment payment, string? eventId, DateTimeOffset now) =>
        payment.IsAwaited ? new PaymentExpired(now, payment.Order!, ByProvider: true, eventId)
        : payment.Errands.Any(static one => one.Kind is ErrandKind.Ask or ErrandKind.Close)
            ? new SessionEnded(now, payment.Order!, Ask: false)
        : null;

    private static int NumberOf(Payment payment, string? reference) =>
        payment
            .Refunds.FirstOrDefault(refund =>
                reference is not null
                && (
                    refund.Reference == reference
                    || PaymentRules.RefundKey(payment.Order!.PaymentId, refund.Number) == reference
                )
            )
            ?.Number
        ?? 0;

    private static RefundDone? Refunded(
        Payment payment,
        int number,
        string? reference,
        string? eventId,
        DateTimeOffset now
    ) =>
        payment.RefundOf(number) is { State: not RefundState.Done } refund
            ? Done(
                payment,
                refund with
                {
                    Reference = reference is null ? refund.Reference : PaymentRules.Clipped(reference),
                },
                null,
                eventId,
                now
            )
            : null;

    private static RefundDone Done(
        Payment payment,
        PaymentRefund refund,
        Actor? actor,
        string? eventId,
        DateTimeOffset now
    ) =>
        new(
            now,
            payment.Order!,
            refund with
            {
                State = RefundState.Done,
            },
            payment.Status,
            payment.Refunded,
            actor,
            eventId
        );

    private static RefundLeftToPeople? Failed(
        Payment payment,
        int number,
        string failure,
        string? eventId,
        DateTimeOffset now
    ) =>
        payment.RefundOf(number) is { State: RefundState.Owed } refund
            ? new RefundLeftToPeople(
                now,
                payment.Order!,
                refund with
                {
                    State = RefundState.ByHand,
                },
                PaymentRules.Clipped(failure),
                eventId
            )
            : null;
}
