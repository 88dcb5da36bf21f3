using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;
using Actors.TestKit;

namespace Actors.Grains.Tests.Bookings;

public sealed class BookingGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "BO-2")]
    public async Task Of_many_who_ask_for_one_time_at_once_one_gets_it()
    {
        var scene = await BookingScene.OpenAsync(_engine, "race");
        var start = scene.HourIn(TimeSpan.FromDays(2));
        string[] users = [.. Enumerable.Range(0, 20).Select(static n => $"race-u{n}")];
        foreach (var user in users)
        {
            await scene.WelcomeAsync(user);
        }

        var asked = await Task.WhenAll(users.Select(user => scene.RequestAsync("k", start, userId: user)));

        Assert.Single(asked, static one => one.Refusal is null);
        Assert.Equal(19, asked.Count(static one => one.Refusal?.Code == "NOT_AVAILABLE"));
        await _engine.CrashAsync();
        var again = await Task.WhenAll(users.Select(user => scene.RequestAsync("k", start, userId: user)));
        Assert.Equal(asked.Select(static one => one.Refusal?.Code), again.Select(static one => one.Refusal?.Code));
    }

    [Fact, Trait("Spec", "BO-4")]
    public async Task From_the_request_to_the_rating()
    {
        var scene = await BookingScene.OpenAsync(_engine, "way");
        var start = scene.HourIn(TimeSpan.FromDays(2));
        var id = await scene.ConfirmedAsync("k", start);
        await _engine.CrashAsync();
        await _engine.EventuallyAsync(async () =>
            (await scene.ToldAsync(scene.PerformerId, "booking_confirmed")).Count == 1
        );

        await scene.AdvanceToAsync(start.AddMinutes(-5));
        Assert.NotNull((await scene.Booking(id).Join(scene.User)).Value);
        await scene.SeenAsync(id, RoomEventKind.Joined, scene.UserId);
        await scene.SeenAsync(id, RoomEventKind.Joined, scene.PerformerId, "t");
        await scene.AdvanceToAsync(start.AddSeconds(1));
        await scene.UntilAsync(id, BookingStatus.Live);
        await scene.AdvanceToAsync(start.AddMinutes(36));
        var completed = await scene.UntilAsync(id, BookingStatus.Completed);
        Assert.Equal(CallEndKind.Completed, completed.Verdict);

        Assert.NotNull((await scene.Booking(id).Join(scene.User)).Refusal);
        var rated = await scene.Booking(id).Rate(new RateBooking(scene.UserId, 5, "Lovely"));
        Assert.Equal((5, "Lovely"), (rated.Value!.Stars, rated.Value.RatingText));
        await _engine.CrashAsync();
        var performer = await _engine.EventuallyAsync(
            async () => (await _engine.Grains.GetGrain<IPerformerGrain>(scene.PerformerId).Get()).Value!,
            static view => view.Ratings == 1
        );
        Assert.Equal((5, 1), (performer.RatingSum, performer.Completed));
        foreach (var person in (string[])[scene.UserId, scene.PerformerId])
        {
            Assert.Equal(3, (await scene.ToldAsync(person, "booking_reminder")).Count);
            Assert.Single(await scene.ToldAsync(person, "booking_time_over"));
        }
        Assert.Equal(0, (await scene.PaymentAsync($"{id}-1")).Refunded);
    }

    [Fact, Trait("Spec", "BO-4")]
    public async Task What_is_not_paid_in_ten_minutes_is_released_to_the_second()
    {
        var scene = await BookingScene.OpenAsync(_engine, "exp");
        var start = scene.HourIn(TimeSpan.FromDays(2));
        var id = await scene.HeldAsync("k", start);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(7));
        var begun = scene.Now;
        var paying = (await scene.PayAsync(id)).Value!;
        Assert.InRange((paying.HeldUntil!.Value - begun).TotalSeconds, 600, 601);

        await scene.AdvanceToAsync(paying.HeldUntil.Value.AddSeconds(-0.5));
        Assert.Equal(BookingStatus.AwaitingPayment, (await scene.SeeAsync(id)).Status);
        Assert.False(await scene.IsFreeAsync(start));
        await scene.AdvanceToAsync(paying.HeldUntil.Value.AddSeconds(0.5));

        Assert.Equal(BookingStatus.Expired, (await scene.SeeAsync(id)).Status);
        await _engine.EventuallyAsync(() => scene.IsFreeAsync(start));
        Assert.Equal("BOOKING_EXPIRED", (await scene.PayAsync(id, "again")).Refusal?.Code);
    }

    [Fact, Trait("Spec", "BO-4")]
    public async Task A_hold_ends_although_everything_was_killed()
    {
        var scene = await BookingScene.OpenAsync(_engine, "exk");
        var start = scene.HourIn(TimeSpan.FromDays(2));
        var id = await scene.UnpaidAsync("k", start);

        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(12));

        await scene.UntilAsync(id, BookingStatus.Expired);
        await _engine.EventuallyAsync(() => scene.IsFreeAsync(start));
    }

    [Fact, Trait("Spec", "BO-4")]
    public async Task Late_money_takes_the_time_again_when_it_is_free()
    {
        var scene = await BookingScene.OpenAsync(_engine, "lat");
        var start = scene.HourIn(TimeSpan.FromDays(2));
        var id = await scene.UnpaidAsync("k", start);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(11));
        await scene.UntilAsync(id, BookingStatus.Expired);

        await scene.MoneyComesAsync($"{id}-1");

        await scene.UntilAsync(id, BookingStatus.Confirmed);
        Assert.False(await scene.IsFreeAsync(start));
        Assert.Equal(0, (await scene.PaymentAsync($"{id}-1")).Refunded);
    }

    [Fact, Trait("Spec", "BO-4")]
    public async Task Late_money_for_a_time_that_is_taken_goes_back_once_whatever_is_repeated()
    {
        var scene = await BookingScene.OpenAsync(_engine, "lte");
        var start = scene.HourIn(TimeSpan.FromDays(2));
        var id = await scene.UnpaidAsync("k", start);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(11));
        await scene.UntilAsync(id, BookingStatus.Expired);
        var other = await scene.ConfirmedAsync("other", start);

        for (var repeat = 0; repeat < 3; repeat++)
        {
            await scene.MoneyComesAsync($"{id}-1", $"paid{repeat}");
            await _engine.CrashAsync();
        }

        var amount = (await scene.PaymentAsync($"{id}-1")).Amount.Amount;
        await scene.RefundedAsync($"{id}-1", amount);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(amount, (await scene.PaymentAsync($"{id}-1")).Refunded);
        Assert.Equal(BookingStatus.Expired, (await scene.SeeAsync(id)).Status);
        Assert.Equal(BookingStatus.Confirmed, (await scene.SeeAsync(other)).Status);
        Assert.Single(await scene.ToldAsync(scene.UserId, "booking_money_returned"));
    }

    [Fact, Trait("Spec", "BO-4")]
    public async Task A_declined_payment_is_tried_again_while_the_hold_lasts()
    {
        var scene = await BookingScene.OpenAsync(_engine, "dec");
        var id = await scene.UnpaidAsync("k", scene.HourIn(TimeSpan.FromDays(2)));
        var until = (await scene.SeeAsync(id)).HeldUntil;
        var payment = _engine.Grains.GetGrain<IPaymentGrain>($"{id}-1");
        await payment.Hear(new ProviderEvent("no", ProviderEventKind.Declined, null, scene.Now, null));
        await scene.UntilAsync(id, static view => view.Payments[0].Status == PaymentStatus.Declined);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));

        var again = await _engine.EventuallyAsync(
            async () => (await scene.PayAsync(id, "again")).Value!,
            static view => view.Payments.Count == 2
        );
        Assert.Equal(until, again.HeldUntil);
        await scene.MoneyComesAsync($"{id}-2");
        await scene.UntilAsync(id, BookingStatus.Confirmed);

        // cal.com #11272: what is paid was asked for again.
        var paid = await scene.PayAsync(id, "once more");
        Assert.Equal((BookingStatus.Confirmed, 2), (paid.Value!.Status, paid.Value.Payments.Count));
    }

    [Fact, Trait("Spec", "BO-3")]
    public async Task The_rules_are_asked_again_before_the_payment()
    {
        var scene = await BookingScene.OpenAsync(_engine, "rul");
        var id = await scene.HeldAsync("k", scene.HourIn(TimeSpan.FromDays(2)));
        await _engine.Grains.GetGrain<IUserProfileGrain>(scene.UserId).Set(new SetUserProfile(Root, Flagged: true));

        Assert.Equal("RESTRICTED", (await scene.PayAsync(id)).Refusal?.Code);
        Assert.Equal("RESTRICTED", (await scene.RequestAsync("l", scene.HourIn(TimeSpan.FromDays(3)))).Refusal?.Code);
        Assert.Equal(BookingStatus.Held, (await scene.SeeAsync(id)).Status);
    }

    [Fact, Trait("Spec", "BO-3")]
    public async Task Nobody_else_learns_of_a_booking_or_changes_it()
    {
        var scene = await BookingScene.OpenAsync(_engine, "for");
        var id = await scene.ConfirmedAsync("k", scene.HourIn(TimeSpan.FromDays(2)));
        var (booking, eve) = (scene.Booking(id), new Actor(ActorRole.User, "eve"));

        string?[] codes =
        [
            (await booking.Get(eve)).Refusal?.Code,
            (await booking.Join(eve)).Refusal?.Code,
            (await booking.Cancel(new CancelBooking(eve, null))).Refusal?.Code,
            (await booking.AcceptRules(new AcceptRules(eve.Id, 1))).Refusal?.Code,
            (await booking.Pay(new PayBooking(eve.Id, "sandbox", Calls.Key("e")))).Refusal?.Code,
            (await booking.Reschedule(new RescheduleBooking(eve, scene.Now, null, Calls.Key("e")))).Refusal?.Code,
            (await booking.Rate(new RateBooking(eve.Id, 1, null))).Refusal?.Code,
            (await booking.ReportIncident(new ReportIncident(eve, "threat"))).Refusal?.Code,
        ];
        Assert.All(codes, static code => Assert.Equal("BOOKING_NOT_FOUND", code));
    }

    [Theory, Trait("Spec", "BO-8")]
    [InlineData(true, 100)]
    [InlineData(false, 0)]
    public async Task A_cancellation_gives_back_what_the_policy_says_and_frees_the_time(bool isEarly, int percent)
    {
        var scene = await BookingScene.OpenAsync(_engine, $"can{percent}");
        var start = scene.HourIn(TimeSpan.FromDays(2));
        var id = await scene.ConfirmedAsync("k", start);
        await scene.AdvanceToAsync(isEarly ? scene.Now : start.AddHours(-2));
        var reminders = (await scene.ToldAsync(scene.UserId, "booking_reminder")).Count;

        var cancelled = (await scene.Booking(id).Cancel(new CancelBooking(scene.User, "I am ill"))).Value!;
        Assert.Equal(
            (BookingStatus.Cancelled, "I am ill", 1),
            (cancelled.Status, cancelled.Reason, cancelled.Sequence)
        );
        await _engine.CrashAsync();

        var amount = (await scene.PaymentAsync($"{id}-1")).Amount.Amount;
        await _engine.EventuallyAsync(
            () => scene.PaymentAsync($"{id}-1"),
            view => view.Status == PaymentStatus.Settled && view.Refunded == amount * percent / 100
        );
        await _engine.EventuallyAsync(() => scene.IsFreeAsync(start));
        await scene.AdvanceToAsync(start.AddHours(1));
        Assert.Equal(reminders, (await scene.ToldAsync(scene.UserId, "booking_reminder")).Count);
        Assert.Equal("BOOKING_CANCELLED", (await scene.Booking(id).Join(scene.User)).Refusal?.Code);
    }

    [Fact, Trait("Spec", "BO-8")]
    public async Task A_performer_who_does_not_come_costs_nothing_and_admins_are_told()
    {
        var scene = await BookingScene.OpenAsync(_engine, "nos");
        var start = scene.HourIn(TimeSpan.FromHours(3));
        var id = await scene.ConfirmedAsync("k", start);
        await scene.AdvanceToAsync(start.AddMinutes(1));
        await scene.SeenAsync(id, RoomEventKind.Joined, scene.UserId);
        await scene.UntilAsync(id, BookingStatus.Live);
        await _engine.CrashAsync();
        await scene.AdvanceToAsync(start.AddMinutes(37));

        var over = await scene.UntilAsync(id, BookingStatus.NoShow);
        Assert.Equal(CallEndKind.PerformerNoShow, over.Verdict);
        await scene.RefundedAsync($"{id}-1", over.Payments[0].Amount.Amount);
        await _engine.EventuallyAsync(async () =>
            (await scene.ToldAsync(INotificationInboxGrain.Admins, "alert_no_show")).Any(one => one.Facts?.Item == id)
        );
        var log = await scene.Booking(id).Log(10, null);
        Assert.Contains(
            log.Lines,
            line => line.What == "booking.call_ended" && line.Note!.Contains(scene.UserId, StringComparison.Ordinal)
        );

        var correct = new CorrectVerdict(Root, CallEndKind.Completed, 0, "She was there.");
        Assert.Equal(BookingStatus.Completed, (await scene.Booking(id).Correct(correct)).Value?.Status);
        Assert.Equal(
            "VERDICT_FINAL",
            (await scene.Booking(id).Correct(correct with { RefundPercent = 10 })).Refusal?.Code
        );
    }

    [Fact, Trait("Spec", "BO-8")]
    public async Task Another_time_is_exchanged_in_one_step_and_what_it_costs_less_comes_back_once()
    {
        var scene = await BookingScene.OpenAsync(_engine, "mov");
        var start = scene.HourIn(TimeSpan.FromDays(3));
        var id = await scene.ConfirmedAsync("k", start, duration: 60);
        var command = new RescheduleBooking(scene.User, start.AddHours(5), 30, Calls.Key("m"));

        var moved = (await scene.Booking(id).Reschedule(command)).Value!;
        await _engine.CrashAsync();
        var again = (await scene.Booking(id).Reschedule(command)).Value!;

        Assert.Equal((start.AddHours(5), 30, 1), (moved.Start, moved.Duration, moved.Sequence));
        Assert.Equal(moved.Sequence, again.Sequence);
        Assert.True(await scene.IsFreeAsync(start));
        Assert.False(await scene.IsFreeAsync(start.AddHours(5)));
        var amount = (await scene.PaymentAsync($"{id}-1")).Amount.Amount;
        await scene.RefundedAsync($"{id}-1", amount / 2);
        await scene.AdvanceToAsync(start);
        Assert.Single(await scene.ToldAsync(scene.UserId, "booking_reminder"));
    }

    [Fact, Trait("Spec", "BO-8")]
    public async Task A_longer_call_is_held_beside_the_old_one_until_the_difference_is_paid()
    {
        var scene = await BookingScene.OpenAsync(_engine, "dea");
        var start = scene.HourIn(TimeSpan.FromDays(3));
        var id = await scene.ConfirmedAsync("k", start);

        var pending = (
            await scene.Booking(id).Reschedule(new RescheduleBooking(scene.User, start, 60, Calls.Key("m")))
        ).Value!;
        Assert.Equal((start, 30, 100L), (pending.Start, pending.Duration, pending.Reschedule?.Difference.Amount));
        Assert.False(await scene.IsFreeAsync(start.AddMinutes(30)));
        Assert.Null((await scene.PayAsync(id, "difference")).Refusal);
        await _engine.CrashAsync();
        await scene.MoneyComesAsync($"{id}-2");
        await scene.MoneyComesAsync($"{id}-2", "again");

        var moved = await scene.UntilAsync(id, static view => view.Duration == 60);
        Assert.Equal((null, 1, 200L), (moved.Reschedule, moved.Sequence, moved.Price.Amount));
        Assert.Equal([0L, 0L], moved.Payments.Select(static payment => payment.Refunded));
    }

    [Fact, Trait("Spec", "BO-8")]
    public async Task A_longer_call_that_nobody_pays_lapses_and_the_call_stays_as_it_was()
    {
        var scene = await BookingScene.OpenAsync(_engine, "lap");
        var start = scene.HourIn(TimeSpan.FromDays(3));
        var id = await scene.ConfirmedAsync("k", start);
        await scene.Booking(id).Reschedule(new RescheduleBooking(scene.User, start.AddHours(2), 60, Calls.Key("m")));
        await scene.PayAsync(id, "difference");

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(11));

        var stays = await scene.UntilAsync(id, static view => view.Reschedule is null);
        Assert.Equal((start, 30, 0), (stays.Start, stays.Duration, stays.Sequence));
        await _engine.EventuallyAsync(() => scene.IsFreeAsync(start.AddHours(2)));
        Assert.False(await scene.IsFreeAsync(start));
        await scene.MoneyComesAsync($"{id}-2");
        await scene.RefundedAsync($"{id}-2", (await scene.PaymentAsync($"{id}-2")).Amount.Amount);
    }

    [Fact, Trait("Spec", "BO-9")]
    public async Task A_report_ends_the_call_at_once_and_flags_the_other()
    {
        var scene = await BookingScene.OpenAsync(_engine, "inc");
        var start = scene.HourIn(TimeSpan.FromHours(3));
        var id = await scene.ConfirmedAsync("k", start);
        await scene.AdvanceToAsync(start.AddMinutes(1));
        await scene.SeenAsync(id, RoomEventKind.Joined, scene.UserId);

        var ended = await scene.Booking(id).ReportIncident(new ReportIncident(scene.Performer, "threat"));

        Assert.Equal((BookingStatus.Completed, CallEndKind.Incident), (ended.Value!.Status, ended.Value.Verdict));
        await _engine.EventuallyAsync(async () =>
            (await _engine.Grains.GetGrain<IUserProfileGrain>(scene.UserId).Get()).Flagged
        );
        Assert.NotNull((await scene.Booking(id).Join(scene.User)).Refusal);
        await _engine.EventuallyAsync(
            () => scene.PaymentAsync($"{id}-1"),
            static view => view is { Status: PaymentStatus.Settled, Refunded: 0 }
        );
        await _engine.EventuallyAsync(async () =>
            (await scene.ToldAsync(INotificationInboxGrain.Admins, "alert_incident")).Any(one => one.Facts?.Item == id)
        );
    }

    [Fact, Trait("Spec", "BO-10")]
    public async Task Both_find_the_call_in_their_lists_as_it_is()
    {
        var scene = await BookingScene.OpenAsync(_engine, "lis");
        var id = await scene.ConfirmedAsync("k", scene.HourIn(TimeSpan.FromDays(2)));

        foreach (var person in (string[])[scene.UserId, scene.PerformerId])
        {
            var list = _engine.Grains.GetGrain<IBookingListGrain>(person);
            var page = await _engine.EventuallyAsync(
                () => list.List(new BookingFilter(), 10, 0).AsTask(),
                static page => page.Bookings is [{ Status: BookingStatus.Confirmed }]
            );
            Assert.Equal((id, "sandbox"), (page.Bookings[0].BookingId, page.Bookings[0].Provider));
        }
    }

    [Fact, Trait("Spec", "BO-5")]
    public async Task Tokens_are_paid_in_the_same_call()
    {
        var scene = await BookingScene.OpenAsync(_engine, "tok");
        var id = await scene.HeldAsync("k", scene.HourIn(TimeSpan.FromDays(2)));

        Assert.Equal(
            LedgerRefusals.InsufficientBalanceCode,
            (await scene.PayAsync(id, "poor", PaymentProviders.Tokens)).Refusal?.Code
        );
        await _engine
            .Grains.GetGrain<GrainInterfaces.Wallets.IBalanceGrain>(scene.UserId)
            .Credit(new GrainInterfaces.Wallets.CreditBalance(Root, Tokens.Of(500), "Try", Calls.Key("credit")));
        var paid = await scene.PayAsync(id, "rich", PaymentProviders.Tokens);

        Assert.Equal(BookingStatus.Confirmed, paid.Value?.Status);
    }
}
