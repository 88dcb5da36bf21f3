using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Bookings;

/// <summary>What a call costs: how a payment begins, and what becomes of money whenever it comes.</summary>
public sealed partial class BookingGrain
{
    private const int MostTries = 5;

    public async Task<Outcome<BookingView>> Pay(PayBooking command)
    {
        var user = new Actor(ActorRole.User, command.UserId);
        if (!BookingRules.MaySee(Current, user))
        {
            return BookingRefusals.BookingNotFound;
        }
        var first = BookingRules.Decide(Key, Current, command, options.Hold, Now);
        if (first.Refusal is not null)
        {
            return first.Refusal;
        }
        if (first.Value is not null && await PrepareAsync() is { } refusal)
        {
            return refusal;
        }
        // Meanwhile it may have become something else, or the same may have come a second time.
        var decision = BookingRules.Decide(Key, Current, command, options.Hold, Now);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        await (decision.Value is { } begun ? Take(begun) : WhenDurable());
        return await OpenAsync() is { } declined ? declined : await ViewAsync();
    }

    public async Task PaymentChanged(Delivery delivery, PaymentNews news)
    {
        await (
            news.Status == PaymentStatus.Paid
                ? TakeMoneyAsync(news, decide => TakeOnce(delivery, decide))
                : TakeOnce(delivery, () => MoneyRules.DecideOther(Current, news, Now))
        );
    }

    /// <summary>The five rules once more, the last of them by moving the end of the hold.</summary>
    private async Task<Refusal?> PrepareAsync()
    {
        if (Current is not AgreedBooking { Terms: var terms })
        {
            return BookingRefusals.BookingNotFound;
        }
        if (await RefuseByRulesAsync(terms.UserId, terms.PerformerId) is { } refusal)
        {
            return refusal;
        }
        if (Current is not HeldBooking)
        {
            return null;
        }
        var (wish, until) = (terms.Wish, Now + options.Hold);
        var hold = new HoldTime(Key, wish.Start, wish.Duration, wish.Type, until);
        return (await GrainFactory.GetGrain<IPerformerGrain>(wish.PerformerId).Hold(hold)).Refusal;
    }

    /// <summary>Begun again after an answer that got lost, a payment is the same one.</summary>
    private async Task<Refusal?> OpenAsync()
    {
        if (
            Durable is not AgreedBooking { Terms: var terms } booking
            || BookingFold.MoneyOf(booking)?.Open is not { } open
        )
        {
            return null;
        }
        var start = new StartPayment(
            open.Id,
            Key,
            terms.UserId,
            terms.PerformerId,
            open.Provider,
            open.Share,
            booking.Due!.Value
        );
        var started = await GrainFactory.GetGrain<IPaymentGrain>(open.Id).Start(start);
        if (started.Refusal is { Code: PaymentRefusals.ProviderUnavailableCode })
        {
            // Whether it began is not known: asked again, it is the same payment.
            return started.Refusal;
        }
        if (started.Refusal is { } refusal)
        {
            await NoteAsync(new PaymentNews(open.Id, PaymentStatus.Declined, open.Share, 0, Now, refusal.Code));
            return refusal;
        }
        var view = started.Value!;
        await NoteAsync(new PaymentNews(view.PaymentId, view.Status, view.Amount, view.Refunded, Now, view.Failure));
        return null;
    }

    /// <summary>What the payment has answered; it says so by its outbox as well.</summary>
    private Task NoteAsync(PaymentNews news) =>
        news.Status == PaymentStatus.Paid
            ? TakeMoneyAsync(news, TakeDecided)
            : TakeDecided(() => MoneyRules.DecideOther(Current, news, Now));

    private Task TakeDecided(Func<BookingEvent?> decide) => decide() is { } decided ? Take(decided) : WhenDurable();

    /// <summary>
    /// Money has come. The performer is asked for the time before it is decided; if the booking has become something else
    /// meanwhile, she is asked again.
    /// </summary>
    private async Task TakeMoneyAsync(PaymentNews news, Func<Func<BookingEvent?>, Task> take)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var before = Current;
            switch (MoneyRules.TurnOf(before, news.PaymentId, Now))
            {
                case MoneyTurn.TakesTime:
                    var taken = await TakeTimeAsync(((AgreedBooking)before).Terms.Wish);
                    if (ReferenceEquals(before, Current))
                    {
                        await take(() => MoneyRules.DecidePaid(Current, news, taken, Now));
                        return;
                    }
                    break;
                case MoneyTurn.PaysMove:
                    await take(() => MoneyRules.DecidePaid(Current, news, taken: null, Now));
                    await FinishPaidMoveAsync();
                    return;
                default:
                    await take(() => MoneyRules.DecidePaid(Current, news, taken: null, Now));
                    // Told once more, because nobody heard that it went well.
                    await FinishPaidMoveAsync();
                    return;
            }
        }
        throw new OutcomeUnknownException("The booking keeps changing while money comes; it is told again.");
    }

    private async Task<Outcome<Done>> TakeTimeAsync(CallWish wish)
    {
        // What has freed the time must have arrived: it would take away what is confirmed now.
        await WhenSentAsync();
        return await GrainFactory
            .GetGrain<IPerformerGrain>(wish.PerformerId)
            .Confirm(new ConfirmTime(Key, wish.Start, wish.Duration, wish.Type));
    }
}
