using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Bookings;

/// <summary>Another time: asked for, held while the difference is paid, and exchanged for the old one in one step.</summary>
public sealed partial class BookingGrain
{
    public async Task<Outcome<BookingView>> Reschedule(RescheduleBooking command)
    {
        if (!BookingRules.MaySee(Current, command.Actor))
        {
            return BookingRefusals.BookingNotFound;
        }
        if (MoveRules.Refuse(Current, command, Now, out var isRepeated) is { } refusal)
        {
            return refusal;
        }
        if (!isRepeated)
        {
            var quote = await QuoteAsync(((ConfirmedBooking)Current).Terms.Wish, command);
            var decision = MoveRules.Decide(Current, command, quote, Now);
            if (decision.Refusal is not null)
            {
                return decision.Refusal;
            }
            if (decision.Value is { } begun)
            {
                await Take(begun);
                if (await FinishMoveAsync(begun.Move) is { } refused)
                {
                    return refused;
                }
            }
        }
        await WhenDurable();
        return await ViewAsync();
    }

    private async Task<Outcome<CallOffer>> QuoteAsync(CallWish wish, RescheduleBooking command)
    {
        var wanted = new HoldTime(
            Key,
            command.Start,
            command.Duration ?? wish.Duration,
            wish.Type,
            Now + options.Hold,
            InsteadOf: Key
        );
        return await GrainFactory.GetGrain<IPerformerGrain>(wish.PerformerId).Quote(wanted);
    }

    /// <summary>Asks the performer; asked again after an answer that got lost, she answers the same.</summary>
    private async Task<Refusal?> FinishMoveAsync(PendingMove move)
    {
        if (!move.CostsMore || move.PaidBy is not null)
        {
            var moved = await MoveAsync(move);
            await TakeDecided(() => MoveRules.DecideMoved(Current, move.Number, moved, Now));
            return moved.Refusal;
        }
        var terms = ((AgreedBooking)Current).Terms;
        var until = Earlier(Now + options.Hold, terms.Start);
        var hold = new HoldTime(
            $"{Key}-{BookingRules.HoldOf(move)}",
            move.Start,
            move.Duration,
            terms.Wish.Type,
            until,
            InsteadOf: Key
        );
        var held = await GrainFactory.GetGrain<IPerformerGrain>(terms.PerformerId).Hold(hold);
        await TakeDecided(() => MoveRules.DecideHeld(Current, move.Number, held, until, Now));
        return held.Refusal;
    }

    private Task<Outcome<CallOffer>> MoveAsync(PendingMove move)
    {
        var hold = BookingRules.HoldOf(move) is { } name ? $"{Key}-{name}" : null;
        return GrainFactory
            .GetGrain<IPerformerGrain>(((AgreedBooking)Current).Terms.PerformerId)
            .Move(new MoveTime(Key, move.Start, move.Duration, hold));
    }

    private async Task FinishPaidMoveAsync()
    {
        if (Current is ConfirmedBooking { Move: { PaidBy: not null } move })
        {
            await FinishMoveAsync(move);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
