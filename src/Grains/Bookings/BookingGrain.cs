using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Sealing;

namespace Actors.Grains.Bookings;

/// <summary>One private call. Here is what people do with it; what it costs and another time are in files of their own.</summary>
[GrainType("booking")]
public sealed partial class BookingGrain(
    IGrainContext context,
    DurableServices services,
    BookingOptions options,
    WebhookInterest interest,
    PolicyInForce policy,
    IErasableKeys keys
) : EventSourcedGrain<Booking, BookingEvent>(context, services, Definition), IBookingGrain
{
    private static readonly Aggregate<Booking, BookingEvent> Definition = new()
    {
        Initial = Booking.None,
        Evolve = BookingFold.Evolve,
        NextDue = static booking => booking.Due,
        EventJson = BookingJson.Default.BookingEvent,
        StateJson = BookingJson.Default.Booking,
    };

    private readonly BookingTexts _texts = new(keys);

    public async Task<Outcome<BookingView>> Request(RequestBooking command)
    {
        if (Current is NoBooking && await RefuseByRulesAsync(command.UserId, command.PerformerId) is { } refusal)
        {
            return refusal;
        }
        var decision = BookingRules.Decide(Current, command, Now);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        await (decision.Value is { } requested ? Take(requested) : WhenDurable());
        if (Current is RequestedBooking { Wish: var wish })
        {
            await HoldAsync(wish);
        }
        await WhenDurable();
        return Durable is RefusedBooking refused ? BookingRules.Refuse(refused) : await ViewAsync();
    }

    public Task<Outcome<BookingView>> AcceptRules(AcceptRules command) =>
        ApplyAsync(new Actor(ActorRole.User, command.UserId), () => BookingRules.Decide(Current, command, Now));

    public async ValueTask<Outcome<BookingView>> Get(Actor actor) =>
        BookingRules.MaySee(Durable, actor) ? await ViewAsync() : BookingRefusals.BookingNotFound;

    public async Task<Outcome<JoinLink>> Join(Actor actor)
    {
        if (!BookingRules.MaySee(Durable, actor) || actor.Role is not (ActorRole.User or ActorRole.Model))
        {
            return BookingRefusals.BookingNotFound;
        }
        return Durable switch
        {
            ConfirmedBooking or LiveBooking => await GrainFactory.GetGrain<IRoomGrain>(Key).Join(actor.Id),
            CompletedBooking or NoShowBooking => RoomRefusals.RoomClosed,
            var other => BookingRules.Refuse(other),
        };
    }

    public async Task<Outcome<BookingView>> Cancel(CancelBooking command)
    {
        var reason = await _texts.SealAsync(command.Actor, command.Reason);
        return await ApplyAsync(command.Actor, () => BookingRules.Decide(Current, command, reason, Now));
    }

    public async Task<Outcome<BookingView>> Rate(RateBooking command)
    {
        var user = new Actor(ActorRole.User, command.UserId);
        var prohibited = await policy.GetAsync();
        if (prohibited.IsIn(command.Text))
        {
            return BookingRefusals.ProhibitedRating;
        }
        var text = await _texts.SealAsync(user, command.Text);
        return await ApplyAsync(user, () => BookingRules.Decide(Current, command, text, Now));
    }

    public Task<Outcome<BookingView>> ReportIncident(ReportIncident command) =>
        ApplyAsync(command.Actor, () => BookingRules.Decide(Current, command, Now));

    public Task<Outcome<BookingView>> Correct(CorrectVerdict command) =>
        ApplyAsync(command.Actor, () => BookingRules.Decide(Current, command, Now));

    public Task Attended(Delivery delivery, Attendance attendance) =>
        TakeOnce(
            delivery,
            () =>
                Current is ConfirmedBooking or LiveBooking
                    ? new AttendanceNoted(Now, attendance.PersonId, attendance)
                    : null
        );

    public async Task<BookingLog> Log(int limit, long? before)
    {
        var events = await ReadBackwardAsync(Math.Min(before ?? long.MaxValue, DurableVersion + 1), limit);
        return BookingLogs.Of(events);
    }

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        while (TimelineRules.DecideDue(Current, now) is { } due)
        {
            await Take(due);
        }
        if (Current is ConfirmedBooking { Move: { IsUnderWay: true } move } && now >= move.Due)
        {
            await FinishMoveAsync(move);
        }
    }

    protected override IReadOnlyList<Effect> EffectsOf(BookingEvent @event, long version) =>
        BookingEffects.Of(Key, @event, version);

    /// <summary>The first four of the five rules.</summary>
    private async Task<Refusal?> RefuseByRulesAsync(string userId, string performerId)
    {
        var user = await GrainFactory.GetGrain<IUserProfileGrain>(userId).Get();
        return CallRules.Refuse(user, performerId, options.PayPerCall);
    }

    /// <summary>The fifth: the performer's calendar gives the time to one of those who ask.</summary>
    private async Task HoldAsync(CallWish wish)
    {
        var until = Now + options.Hold;
        var hold = new HoldTime(Key, wish.Start, wish.Duration, wish.Type, until);
        var answer = await GrainFactory.GetGrain<IPerformerGrain>(wish.PerformerId).Hold(hold);
        if (BookingRules.DecideAnswer(Current, answer, until, options, Now) is { } answered)
        {
            await Take(answered);
        }
    }

    /// <summary>What one of those may do who may see it; to others it is not there.</summary>
    private async Task<Outcome<BookingView>> ApplyAsync(Actor actor, Func<Outcome<BookingEvent?>> decide)
    {
        if (!BookingRules.MaySee(Current, actor))
        {
            return BookingRefusals.BookingNotFound;
        }
        var decision = decide();
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        await (decision.Value is { } decided ? Take(decided) : WhenDurable());
        return await ViewAsync();
    }

    private Task Take(BookingEvent @event) => Commit(Marked(@event));

    private Task TakeOnce(Delivery delivery, Func<BookingEvent?> decide) =>
        CommitOnce(delivery, () => decide() is { } decided ? Marked(decided) : null);

    private BookingEvent Marked(BookingEvent @event) =>
        BookingRules.WithFacts(Current, interest.Mark(@event, BookingNews.TypeOf(@event)));
}
