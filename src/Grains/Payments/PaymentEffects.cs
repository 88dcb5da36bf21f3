using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;

namespace Actors.Grains.Payments;

/// <summary>Whom an event of a payment concerns: its booking, the ledger, the performer, and people who have to see to it.</summary>
internal static class PaymentEffects
{
    public static IReadOnlyList<Effect> Of(PaymentEvent @event) =>
        @event switch
        {
            SessionRefused e => [Tell(e, PaymentStatus.Declined, 0, e.Failure.Code)],
            PaymentDeclined e => [Tell(e, PaymentStatus.Declined, 0, e.Failure.Code)],
            PaymentExpired { ByProvider: true } e => [Tell(e, PaymentStatus.Expired, 0)],
            MoneyReceived e => Received(e),
            PaymentReduced e => e.Order.IsTokens
                ? [Reduce(e), Tell(e, PaymentStatus.Paid, e.Refunded)]
                : [Tell(e, PaymentStatus.Paid, e.Refunded)],
            PaymentSettled e => Settled(e),
            PaymentCorrected e => Corrected(e),
            RefundDone e => Refunded(e),
            RefundLeftToPeople e => [Flag(e, PaymentFlagKind.RefundByHand, e.Refund.Number, e.Refund.Money, e.Failure)],
            _ => [],
        };

    private static Effect[] Received(MoneyReceived e)
    {
        var money = e.Receipt.Money;
        if (e.Order.IsTokens)
        {
            return e.Refund is null ? [Tell(e, PaymentStatus.Paid, 0)] : [Settle(e, captured: 0, e.Refund.Reason)];
        }
        var moved = Move(e, money.Currency, received: money.Amount);
        return e.Receipt.Kind switch
        {
            ReceiptKind.Due => [moved, Tell(e, PaymentStatus.Paid, 0)],
            ReceiptKind.Mismatch =>
            [
                moved,
                Flag(e, PaymentFlagKind.Mismatch, e.Refund!.Number, money, $"Asked for {e.Order.Amount}."),
                Tell(e, PaymentStatus.Declined, 0, PaymentRules.WrongAmount.Code),
            ],
            _ => [moved],
        };
    }

    private static Effect[] Settled(PaymentSettled e)
    {
        var told = Tell(e, PaymentStatus.Settled, e.Refunded);
        if (e.Order.IsTokens)
        {
            return e.Kept > 0 || e.Refund is not null ? [Settle(e, e.Kept, e.Reason), told] : [told];
        }
        return e.Kept > 0 ? [Move(e, e.Order.Amount.Currency, earned: e.Kept), Earn(e, e.Kept), told] : [told];
    }

    private static Effect[] Corrected(PaymentCorrected e)
    {
        var (amount, told) = (e.Refund.Money.Amount, Tell(e, PaymentStatus.Settled, e.Refunded));
        return e.Order.IsTokens
            ? [TakeBack(e, amount), told]
            : [Move(e, e.Order.Amount.Currency, earned: -amount), Earn(e, -amount), told];
    }

    private static Effect[] Refunded(RefundDone e)
    {
        var moved = Move(e, e.Refund.Money.Currency, refunded: e.Refund.Money.Amount);
        var settled = Flag(e, PaymentFlagKind.Settled, e.Refund.Number, e.Refund.Money, e.Refund.Reason);
        return [moved, settled, Tell(e, e.Status, e.Refunded)];
    }

    private static Effect Tell(PaymentEvent @event, PaymentStatus status, long refunded, string? failure = null)
    {
        var order = @event.Order;
        var news = new PaymentNews(order.PaymentId, status, order.Amount, refunded, @event.At, failure);
        return Effect.To<IBookingGrain>(order.BookingId, (booking, delivery) => booking.PaymentChanged(delivery, news));
    }

    private static Effect Settle(PaymentEvent @event, long captured, string reason)
    {
        var settlement = new CallSettlement(@event.Order.PaymentId, Tokens.Of(captured), reason);
        return Effect.To<IBalanceGrain>(
            @event.Order.UserId,
            (balance, delivery) => balance.SettleCall(delivery, settlement)
        );
    }

    private static Effect Reduce(PaymentReduced @event)
    {
        var reduction = new CallReduction(@event.Order.PaymentId, Tokens.Of(@event.Refund.Money.Amount), @event.Reason);
        return Effect.To<IBalanceGrain>(
            @event.Order.UserId,
            (balance, delivery) => balance.ReduceCall(delivery, reduction)
        );
    }

    /// <summary>By way of the balance, which knows when the wallet has got what it shall give back.</summary>
    private static Effect TakeBack(PaymentCorrected @event, long amount)
    {
        var order = @event.Order;
        var call = new SoldCall(PurchaseId.Parse(@event.SessionId), order.PaymentId, order.BookingId);
        var correction = new CallCorrection(call, order.PerformerId, Tokens.Of(amount), @event.Reason);
        return Effect.To<IBalanceGrain>(order.UserId, (balance, delivery) => balance.CorrectCall(delivery, correction));
    }

    private static Effect Move(
        PaymentEvent @event,
        string currency,
        long received = 0,
        long refunded = 0,
        long earned = 0
    )
    {
        var paymentId = @event.Order.PaymentId;
        var movement = new OutsideMovement(paymentId, currency, received, refunded, earned);
        return Effect.To<IOutsideMoneyGrain>(Shards.Of(paymentId), (book, delivery) => book.Take(delivery, movement));
    }

    private static Effect Earn(PaymentEvent @event, long amount)
    {
        var order = @event.Order;
        var earning = new OutsideEarning(
            order.PaymentId,
            order.BookingId,
            order.Provider,
            order.Amount.Currency,
            amount,
            @event.At
        );
        return Effect.To<IEarningsGrain>(order.PerformerId, (earnings, delivery) => earnings.Take(delivery, earning));
    }

    private static Effect Flag(PaymentEvent @event, PaymentFlagKind kind, int number, Money money, string reason)
    {
        var order = @event.Order;
        var flag = new PaymentFlag(
            order.PaymentId,
            order.BookingId,
            order.Provider,
            kind,
            number,
            money,
            reason,
            @event.At
        );
        return Effect.To<IPaymentFlagsGrain>(
            Shards.Of(order.PaymentId),
            (flags, delivery) => flags.Take(delivery, flag)
        );
    }
}
