using System.Collections.Immutable;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments;

/// <summary>How a payment becomes what its events say. Pure.</summary>
internal static class PaymentFold
{
    /// <summary>Ids of events that are remembered; older ones are harmless, for the money has its own name.</summary>
    private const int MaxHeard = 64;

    public static Payment Evolve(Payment payment, PaymentEvent @event) =>
        @event switch
        {
            PaymentStarted e => Payment.None with
            {
                Order = e.Order,
                StartedAt = e.At,
                Remaining = e.Order.Amount.Amount,
                Errands = [new Errand(ErrandKind.Open, 0, e.At + ErrandRules.OpenAgainAfter, 0)],
            },
            SessionOpened e => Opened(payment, e),
            SessionRefused e => payment with
            {
                Status = payment.Status == PaymentStatus.Starting ? PaymentStatus.Declined : payment.Status,
                Failure = e.Failure,
                Errands = Without(payment, ErrandKind.Open, ErrandKind.Close),
            },
            SessionEnded e => payment with
            {
                Errands = e.Ask
                    ? Asking(payment with { Errands = Without(payment, ErrandKind.Close) }, e.At)
                    : Without(payment, ErrandKind.Close, ErrandKind.Ask),
            },
            MoneyReceived e => Received(payment, e),
            PaymentDeclined e => Hear(payment, e.EventId) with
            {
                Status = PaymentStatus.Declined,
                Failure = e.Failure,
                // There is a session, or the provider could not know of it.
                Errands = Without(payment, ErrandKind.Open),
            },
            PaymentExpired e => Expired(payment, e),
            PaymentReduced e => Owing(payment, e.Refund, e.At) with
            {
                Remaining = payment.Remaining - e.Refund.Money.Amount,
                Refunded = e.Refunded,
            },
            PaymentSettled e => Settled(payment, e),
            PaymentCorrected e => Owing(payment, e.Refund, e.At) with
            {
                Corrected = true,
                Kept = payment.Kept - e.Refund.Money.Amount,
                Refunded = e.Refunded,
            },
            RefundDone e => Hear(payment, e.EventId) with
            {
                Refunds = Changed(payment, e.Refund),
                Errands = payment.Errands.RemoveAll(errand =>
                    errand.Kind == ErrandKind.Refund && errand.Number == e.Refund.Number
                ),
            },
            RefundLeftToPeople e => Hear(payment, e.EventId) with
            {
                Refunds = Changed(payment, e.Refund),
                Errands = payment.Errands.RemoveAll(errand =>
                    errand.Kind == ErrandKind.Refund && errand.Number == e.Refund.Number
                ),
            },
            ErrandBegun e => Begun(payment, e),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    private static Payment Opened(Payment payment, SessionOpened e)
    {
        var opened = payment with { Session = e.Session, Errands = Without(payment, ErrandKind.Open) };
        return payment.Status switch
        {
            PaymentStatus.Starting => opened with
            {
                Status = PaymentStatus.Pending,
                Errands = opened.Errands.Add(new Errand(ErrandKind.Ask, 0, e.At + ErrandRules.AskAfter, 0)),
            },
            // It is paid already, by a message that came before the answer, or nobody waits for it any more.
            PaymentStatus.Paid or PaymentStatus.Declined => opened,
            _ => Closing(opened, e.At),
        };
    }

    private static Payment Received(Payment payment, MoneyReceived e)
    {
        var received = Hear(payment, e.EventId) with { Receipts = payment.Receipts.Add(e.Receipt) };
        if (e.Refund is { } refund)
        {
            var owing = Owing(received, refund, e.At);
            return e.Receipt.Kind == ReceiptKind.Mismatch && payment.IsAwaited
                ? owing with
                {
                    Status = PaymentStatus.Declined,
                    Failure = PaymentRules.WrongAmount,
                }
                : owing;
        }
        return received with
        {
            Status = PaymentStatus.Paid,
            PaidAt = e.At,
            Failure = null,
            // Whether it was opened does not matter any more, nor whether it is closed.
            Errands = Without(payment, ErrandKind.Open, ErrandKind.Close, ErrandKind.Ask),
        };
    }

    private static Payment Expired(Payment payment, PaymentExpired e)
    {
        var expired = Hear(payment, e.EventId) with { Status = PaymentStatus.Expired };
        return e.ByProvider
            ? expired with
            {
                Errands = Without(payment, ErrandKind.Open, ErrandKind.Ask, ErrandKind.Close),
            }
            : Closing(expired, e.At);
    }

    private static Payment Settled(Payment payment, PaymentSettled e)
    {
        var settled = payment with
        {
            Status = PaymentStatus.Settled,
            SettledAt = e.At,
            Kept = e.Kept,
            Refunded = e.Refunded,
        };
        return e.Refund is { } refund ? Owing(settled, refund, e.At)
            : payment.Due is null ? Closing(settled, e.At)
            : settled;
    }

    /// <summary>A session that is known is closed; one that is not has to be found first.</summary>
    private static Payment Closing(Payment payment, DateTimeOffset at) =>
        payment.Session is null
        || payment.Order!.IsTokens
        || payment.Errands.Any(static errand => errand.Kind == ErrandKind.Close)
            ? payment
            : payment with
            {
                Errands = payment.Errands.Add(new Errand(ErrandKind.Close, 0, at, 0)),
            };

    /// <summary>Tokens go back through the ledger at once; everything else the provider has to be asked for.</summary>
    private static Payment Owing(Payment payment, PaymentRefund refund, DateTimeOffset at) =>
        payment with
        {
            Refunds = payment.Refunds.Add(refund),
            Errands =
                refund.State == RefundState.Owed
                    ? payment.Errands.Add(new Errand(ErrandKind.Refund, refund.Number, at, 0))
                    : payment.Errands,
        };

    private static Payment Begun(Payment payment, ErrandBegun e)
    {
        var heard = Hear(payment, e.EventId);
        if (e.EventId is not null)
        {
            return heard with { Errands = Asking(payment, e.At) };
        }
        var index = payment.Errands.FindIndex(errand => errand.Kind == e.Kind && errand.Number == e.Number);
        return index < 0
            ? heard
            : heard with
            {
                Errands = payment.Errands.SetItem(
                    index,
                    payment.Errands[index] with
                    {
                        DueAt = e.Again,
                        Tries = payment.Errands[index].Tries + 1,
                    }
                ),
            };
    }

    private static ImmutableArray<Errand> Asking(Payment payment, DateTimeOffset at) =>
        Without(payment, ErrandKind.Ask).Add(new Errand(ErrandKind.Ask, 0, at, 0));

    private static ImmutableArray<Errand> Without(Payment payment, params ReadOnlySpan<ErrandKind> kinds)
    {
        var left = payment.Errands;
        foreach (var kind in kinds)
        {
            left = left.RemoveAll(errand => errand.Kind == kind);
        }
        return left;
    }

    private static ImmutableArray<PaymentRefund> Changed(Payment payment, PaymentRefund refund) =>
        payment.Refunds.SetItem(refund.Number - 1, refund);

    private static Payment Hear(Payment payment, string? eventId) =>
        eventId is null
            ? payment
            : payment with
            {
                Heard =
                    payment.Heard.Length < MaxHeard
                        ? payment.Heard.Add(eventId)
                        : payment.Heard.RemoveAt(0).Add(eventId),
            };

    private static int FindIndex<T>(this ImmutableArray<T> items, Func<T, bool> match)
    {
        for (var index = 0; index < items.Length; index++)
        {
            if (match(items[index]))
            {
                return index;
            }
        }
        return -1;
    }
}
