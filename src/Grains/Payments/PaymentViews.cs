using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments;

internal static class PaymentViews
{
    /// <summary>What a start is answered: the payment, or why there is none.</summary>
    public static Outcome<PaymentView> Answer(Payment payment) =>
        payment switch
        {
            { Status: PaymentStatus.Starting } => PaymentRefusals.ProviderUnavailable,
            { Status: PaymentStatus.Declined, Session: null, Failure: { } failure } => new Refusal(
                failure.Code,
                failure.Message
            ),
            _ => Of(payment)!,
        };

    /// <summary>Null when there is no such payment.</summary>
    public static PaymentView? Of(Payment payment) =>
        payment.Order is not { } order
            ? null
            : new PaymentView(
                order.PaymentId,
                order.BookingId,
                order.UserId,
                order.PerformerId,
                order.Provider,
                payment.Status,
                order.Amount,
                payment.Session?.Link,
                payment.Refunded,
                payment.StartedAt,
                payment.PaidAt,
                payment.SettledAt,
                payment.Failure?.Code
            );

    public static PaymentFile? FileOf(Payment payment) =>
        Of(payment) is not { } view
            ? null
            : new PaymentFile(view, payment.Session?.Id, payment.Receipts, payment.Refunds, payment.NextDue);
}
