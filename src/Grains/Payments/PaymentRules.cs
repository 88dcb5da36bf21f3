using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments;

/// <summary>Everything that is decided about a payment. Pure: knows no grain, no clock, no I/O.</summary>
public static class PaymentRules
{
    public const int MaxTextLength = 200;

    public static readonly PaymentFailure WrongAmount = new(
        "WRONG_AMOUNT",
        "Another amount than was asked for arrived; it goes back."
    );

    public static readonly PaymentFailure Declined = new("PAYMENT_DECLINED", "The payment was declined.");

    public static PaymentStarted Start(StartPayment command, Money amount, DateTimeOffset now) =>
        new(
            now,
            new PaymentOrder(
                command.PaymentId,
                command.BookingId,
                command.UserId,
                command.PerformerId,
                command.Provider,
                command.Price,
                amount,
                command.ExpiresAt
            )
        );

    /// <summary>Whether a start is the one that was made already.</summary>
    public static bool IsSame(PaymentOrder order, StartPayment command) =>
        order.BookingId == command.BookingId
        && order.UserId == command.UserId
        && order.PerformerId == command.PerformerId
        && order.Provider == command.Provider
        && order.Price == command.Price;

    /// <summary>What a price is in a provider's currency; a price in another currency is not changed into it.</summary>
    public static Outcome<Money> AmountOf(Money price, string currency, long? minorUnitsPerToken)
    {
        if (!price.IsTokens)
        {
            return price.Currency == currency ? price : PaymentRefusals.CurrencyNotAccepted;
        }
        if (currency == Money.TokenCurrency)
        {
            return price;
        }
        var amount = (Int128)price.Amount * (minorUnitsPerToken ?? 0);
        return amount > 0 && amount <= Money.MaxAmount
            ? new Money(currency, (long)amount)
            : PaymentRefusals.CurrencyNotAccepted;
    }

    /// <summary>Null when nobody waits for it any more anyway.</summary>
    public static PaymentExpired? Expire(Payment payment, DateTimeOffset now) =>
        payment is { Order: { } order, IsAwaited: true }
            ? new PaymentExpired(now, order, ByProvider: false, null)
            : null;

    public static PaymentReduced? Decide(Payment payment, ReducePayment command, DateTimeOffset now)
    {
        if (payment is not { Status: PaymentStatus.Paid, Order: { } order, Due: { } due })
        {
            return null;
        }
        var left = (long)((Int128)order.Amount.Amount * Math.Max(0, command.NewPrice) / order.Price.Amount);
        var back = payment.Remaining - left;
        // A call that costs nothing is not reduced to: something stays, to be settled.
        return back <= 0 || left <= 0
            ? null
            : new PaymentReduced(
                now,
                order,
                NextRefund(payment, due.Reference, back, command.Reason),
                payment.Refunded + back,
                Clipped(command.Reason)
            );
    }

    /// <summary>Null when it is decided already.</summary>
    public static PaymentEvent? Decide(Payment payment, SettlePayment command, DateTimeOffset now)
    {
        if (payment.Order is not { } order)
        {
            return null;
        }
        if (payment.Status == PaymentStatus.Settled)
        {
            return command.Correction ? Correct(payment, order, command, now) : null;
        }
        if (payment.Due is not { } due)
        {
            // Nothing to decide about; whatever comes later goes back.
            return new PaymentSettled(now, order, 0, null, payment.Refunded, Clipped(command.Reason));
        }
        var back = PartOf(payment.Remaining, command.RefundPercent);
        return new PaymentSettled(
            now,
            order,
            payment.Remaining - back,
            back == 0 ? null : NextRefund(payment, due.Reference, back, command.Reason),
            payment.Refunded + back,
            Clipped(command.Reason)
        );
    }

    /// <summary>What a refund comes to, rounded up: the doubt is the user's.</summary>
    public static long PartOf(long whole, int percent) =>
        (long)(((Int128)whole * Math.Clamp(percent, 0, 100) + 99) / 100);

    /// <summary>Our own name for a refund, under which the provider does it once.</summary>
    public static string RefundKey(string paymentId, int number) => $"{paymentId}-r{number}";

    internal static PaymentRefund NextRefund(Payment payment, string of, long amount, string reason) =>
        new(
            payment.Refunds.Length + 1,
            of,
            payment.Order!.Amount with
            {
                Amount = amount,
            },
            payment.Order.IsTokens ? RefundState.Done : RefundState.Owed,
            Clipped(reason),
            null
        );

    internal static string Clipped(string text) =>
        text.Length <= MaxTextLength
            ? text
            // Half of a surrogate pair is no text.
            : text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];

    private static PaymentCorrected? Correct(
        Payment payment,
        PaymentOrder order,
        SettlePayment command,
        DateTimeOffset now
    )
    {
        if (payment.Corrected || payment is not { Due: { } due, Session: { } session })
        {
            return null;
        }
        var wanted = PartOf(payment.Remaining, command.RefundPercent);
        var back = Math.Min(payment.Kept, wanted - (payment.Remaining - payment.Kept));
        return back <= 0
            ? null
            : new PaymentCorrected(
                now,
                order,
                NextRefund(payment, due.Reference, back, command.Reason),
                payment.Refunded + back,
                Clipped(command.Reason),
                session.Id
            );
    }
}
