using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Bookings;
using static Actors.Grains.Tests.Bookings.Calls;

namespace Actors.Grains.Tests.Bookings;

public sealed class BookingRulesTests
{
    private const string Nothing = "-";

    private static readonly string[] Commands = ["rules", "pay", "cancel", "move", "rate", "report", "correct"];

    /// <summary>What each command does at each stage, an hour before the call: an event, nothing, or a code.</summary>
    private const string Moves = """
        stage      rules                  pay                    cancel                 move                   rate                   report                 correct
        none       BOOKING_NOT_FOUND      BOOKING_NOT_FOUND      BOOKING_NOT_FOUND      BOOKING_NOT_FOUND      BOOKING_NOT_FOUND      BOOKING_NOT_FOUND      BOOKING_NOT_FOUND
        requested  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED
        refused    NOT_AVAILABLE          NOT_AVAILABLE          NOT_AVAILABLE          NOT_AVAILABLE          NOT_AVAILABLE          NOT_AVAILABLE          NOT_AVAILABLE
        held       BookingRulesAccepted   RULES_NOT_ACCEPTED     BookingCancelled       BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED
        accepted   -                      PaymentBegun           BookingCancelled       BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED
        unpaid     -                      -                      BookingCancelled       BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED  BOOKING_NOT_CONFIRMED
        confirmed  -                      -                      BookingCancelled       MoveBegun              BOOKING_NOT_OVER       BOOKING_NOT_OVER       BOOKING_NOT_OVER
        live       -                      -                      BOOKING_LIVE           BOOKING_LIVE           BOOKING_NOT_OVER       CallEnded              BOOKING_NOT_OVER
        completed  BOOKING_OVER           -                      BOOKING_OVER           BOOKING_OVER           CallRated              BOOKING_OVER           VerdictCorrected
        no-show    BOOKING_OVER           -                      BOOKING_OVER           BOOKING_OVER           BOOKING_NOT_COMPLETED  BOOKING_OVER           VerdictCorrected
        cancelled  BOOKING_CANCELLED      BOOKING_CANCELLED      -                      BOOKING_CANCELLED      BOOKING_CANCELLED      BOOKING_CANCELLED      BOOKING_CANCELLED
        expired    BOOKING_EXPIRED        BOOKING_EXPIRED        BOOKING_EXPIRED        BOOKING_EXPIRED        BOOKING_EXPIRED        BOOKING_EXPIRED        BOOKING_EXPIRED
        archived   BOOKING_ARCHIVED       BOOKING_ARCHIVED       BOOKING_ARCHIVED       BOOKING_ARCHIVED       BOOKING_ARCHIVED       BOOKING_ARCHIVED       BOOKING_ARCHIVED
        """;

    public static TheoryData<string, string, string> Table
    {
        get
        {
            var table = new TheoryData<string, string, string>();
            foreach (var line in Moves.Split('\n').Skip(1))
            {
                var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                for (var column = 1; column < cells.Length; column++)
                {
                    table.Add(cells[0], Commands[column - 1], cells[column]);
                }
            }
            return table;
        }
    }

    [Theory, MemberData(nameof(Table)), Trait("Spec", "BO-7")]
    public void Each_command_at_each_stage_does_what_the_table_says(string stage, string command, string outcome) =>
        Assert.Equal(outcome, Said(Decide(Stages[stage], command)));

    [Fact, Trait("Spec", "BO-7")]
    public void The_table_knows_every_stage_and_every_stage_is_named()
    {
        var stages = Table.Select(static row => row.Data.Item1).Distinct();

        Assert.Equal(Stages.Keys.Order(), stages.Order());
        var kinds = typeof(Booking).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Booking)));
        Assert.Equal(
            kinds.Where(static kind => !kind.IsAbstract).Select(static kind => kind.Name).Order(),
            Stages.Values.Select(static stage => stage.GetType().Name).Distinct().Order()
        );
    }

    [Fact, Trait("Spec", "SE-3")]
    public void The_same_request_again_is_the_same_booking_and_another_one_under_its_key_is_refused()
    {
        foreach (var stage in Stages.Values.Where(static stage => stage is not NoBooking))
        {
            Assert.Null(BookingRules.Decide(stage, Request(), Now).Value);
            var other = BookingRules.Decide(stage, Request() with { Duration = 60 }, Now);
            Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, other.Refusal?.Code);
        }
    }

    [Fact, Trait("Spec", "SE-3")]
    public void A_request_is_known_again_after_its_booking_was_moved()
    {
        var moved = Confirmed with
        {
            Terms = Terms with { Wish = Wish with { Start = Start.AddDays(1) }, Asked = Wish },
        };

        Assert.Null(BookingRules.Decide(moved, Request(), Now).Refusal);
    }

    [Fact, Trait("Spec", "BO-4")]
    public void The_performers_answer_makes_it_held_or_refused()
    {
        var until = Now + Hold;
        var held = Assert.IsType<BookingHeld>(BookingRules.DecideAnswer(Requested, Offer, until, Options, Now));
        var refused = BookingRules.DecideAnswer(Requested, PerformerRefusals.NotAvailable, until, Options, Now);

        Assert.Equal((Terms, until), (held.Terms, held.Until));
        Assert.Equal("NOT_AVAILABLE", Assert.IsType<BookingRefused>(refused).Code);
        Assert.Null(BookingRules.DecideAnswer(Held, Offer, until, Options, Now));
    }

    [Fact, Trait("Spec", "BO-4")]
    public void A_payment_holds_the_time_for_ten_minutes_from_its_start_and_the_next_one_no_longer()
    {
        var later = Now.AddMinutes(4);
        var first = BookingRules.Decide(Id, Accepted, Pay(), Hold, later).Value!;
        Assert.Equal(($"{Id}-1", later + Hold, Price), (first.Payment.Id, first.Until, first.Payment.Share));

        var declined = Unpaid with { Money = Waiting.With(Payment with { State = PaymentState.Failed }) };
        var second = BookingRules.Decide(Id, declined, Pay("again"), Hold, later).Value!;
        Assert.Equal(($"{Id}-2", Unpaid.Until), (second.Payment.Id, second.Until));
    }

    [Theory, Trait("Spec", "BO-4")]
    [InlineData("held")]
    [InlineData("accepted")]
    [InlineData("unpaid")]
    public void Nothing_is_begun_once_the_hold_is_over(string stage)
    {
        var over = Now + Hold;
        Assert.Equal("BOOKING_EXPIRED", BookingRules.Decide(Id, Stages[stage], Pay("new"), Hold, over).Refusal?.Code);
        var last = BookingRules.Decide(Id, Accepted, Pay("new"), Hold, over.AddTicks(-1));
        Assert.NotNull(last.Value);
    }

    [Fact, Trait("Spec", "BO-4")]
    public void Another_provider_replaces_the_payment_that_waits()
    {
        var other = BookingRules.Decide(Id, Unpaid, Pay("other", "stripe"), Hold, Now).Value!;
        Assert.Equal((Payment.Id, "stripe"), (other.Replaces, other.Payment.Provider));

        var after = (UnpaidBooking)BookingFold.Evolve(Unpaid, other);
        Assert.Equal([PaymentState.Failed, PaymentState.Open], after.Money.Payments.Select(static one => one.State));
    }

    [Fact, Trait("Spec", "SE-3")]
    public void A_payment_is_known_by_its_key()
    {
        Assert.Null(BookingRules.Decide(Id, Unpaid, Pay(), Hold, Now).Value);
        Assert.Equal(
            LedgerRefusals.IdempotencyKeyReusedCode,
            BookingRules.Decide(Id, Unpaid, Pay("pay", "stripe"), Hold, Now).Refusal?.Code
        );
    }

    [Fact, Trait("Spec", "BO-4")]
    public void A_booking_is_tried_to_be_paid_ten_times_at_most()
    {
        var tired = Unpaid with
        {
            Money = new BookingMoney(
                Now,
                [.. Enumerable.Range(1, 10).Select(n => Payment with { Id = $"{Id}-{n}", State = PaymentState.Failed })]
            ),
        };
        Assert.Equal("TOO_MANY_PAYMENTS", BookingRules.Decide(Id, tired, Pay("more"), Hold, Now).Refusal?.Code);
    }

    [Fact, Trait("Spec", "BO-4")]
    public void Only_the_rules_in_force_are_accepted() =>
        Assert.Equal(
            "RULES_CHANGED",
            BookingRules.Decide(Held, new AcceptRules(User, ConductRules.CurrentVersion + 1), Now).Refusal?.Code
        );

    [Theory, Trait("Spec", "BO-8")]
    [InlineData(-24 * 60, ActorRole.User, 100)]
    [InlineData((-24 * 60) + 1, ActorRole.User, 25)]
    [InlineData(-1, ActorRole.User, 25)]
    [InlineData(-1, ActorRole.Model, 100)]
    [InlineData(-1, ActorRole.Admin, 100)]
    public void Who_cancels_and_when_decides_what_comes_back(int minutes, ActorRole role, int percent)
    {
        var by = new Actor(role, role == ActorRole.Model ? Performer : User);
        var cancelled = BookingRules.Decide(Confirmed, new CancelBooking(by, null), null, Start.AddMinutes(minutes));
        Assert.Equal(percent, Assert.IsType<BookingCancelled>(cancelled.Value).RefundPercent);
    }

    [Fact, Trait("Spec", "BO-8")]
    public void The_policy_is_the_one_of_the_booking_and_a_call_that_should_run_is_not_cancelled()
    {
        var strict = Confirmed with { Terms = Terms with { Policy = new CancellationPolicy(48, 50, 0) } };
        var cancelled = BookingRules.Decide(strict, new CancelBooking(TheUser, null), null, Start.AddHours(-47));
        Assert.Equal(0, ((BookingCancelled)cancelled.Value!).RefundPercent);

        Assert.Equal(
            "BOOKING_LIVE",
            BookingRules.Decide(Confirmed, new CancelBooking(ThePerformer, null), null, Start).Refusal?.Code
        );
    }

    [Fact, Trait("Spec", "BO-13")]
    public void A_rating_can_be_changed_for_a_day_and_says_what_it_replaces()
    {
        var rated = Completed with { Rating = new Rating(3, null, Closes) };
        var command = new RateBooking(User, 5, null);

        var changed = BookingRules.Decide(rated, command, null, Closes.AddDays(1));
        var late = BookingRules.Decide(rated, command, null, Closes.AddDays(1).AddTicks(1));
        var same = BookingRules.Decide(rated, command with { Stars = 3 }, null, Closes.AddDays(9));

        var again = Assert.IsType<CallRated>(changed.Value);
        Assert.Equal((3, 5, Closes), (again.Previous, again.Rating.Stars, again.Rating.GivenAt));
        Assert.Equal("RATING_FINAL", late.Refusal?.Code);
        Assert.Equal((null, null), (same.Value, same.Refusal));
    }

    [Theory, Trait("Spec", "BO-9")]
    [InlineData(ActorRole.User, 100, Performer)]
    [InlineData(ActorRole.Model, 0, User)]
    [InlineData(ActorRole.Admin, 100, null)]
    public void Who_reports_decides_whose_the_money_is_and_who_is_flagged(ActorRole role, int refund, string? flagged)
    {
        var by = new Actor(role, role == ActorRole.Model ? Performer : User);
        var ended = (CallEnded)BookingRules.Decide(Live, new ReportIncident(by, "threat"), Start).Value!;

        Assert.Equal(
            (CallEndKind.Incident, refund, "threat", flagged),
            (ended.Verdict.Kind, ended.Verdict.RefundPercent, ended.Incident, ended.Flagged)
        );
        Assert.IsType<CompletedBooking>(BookingFold.Evolve(Live, ended));
    }

    [Fact, Trait("Spec", "BO-9")]
    public void An_incident_can_be_reported_from_the_moment_that_the_room_opens()
    {
        var command = new ReportIncident(TheUser, "threat");
        var opens = Start.AddMinutes(-10);

        Assert.Equal("BOOKING_NOT_OVER", BookingRules.Decide(Confirmed, command, opens.AddTicks(-1)).Refusal?.Code);
        Assert.IsType<CallEnded>(BookingRules.Decide(Confirmed, command, opens).Value);
    }

    [Fact, Trait("Spec", "BO-8")]
    public void A_verdict_is_corrected_once()
    {
        var command = new CorrectVerdict(Admin, CallEndKind.Completed, 0, "She was there.");
        var corrected = (VerdictCorrected)BookingRules.Decide(NoShow, command, Closes).Value!;
        var after = Assert.IsType<CompletedBooking>(BookingFold.Evolve(NoShow, corrected));

        Assert.Equal(CallEndKind.PerformerNoShow, after.Verdict.Correction?.Was);
        Assert.Equal((null, null), ValueOf(BookingRules.Decide(after, command, Closes)));
        Assert.Equal(
            "VERDICT_FINAL",
            BookingRules.Decide(after, command with { RefundPercent = 50 }, Closes).Refusal?.Code
        );
    }

    [Fact, Trait("Spec", "BO-3")]
    public void Its_two_people_and_admins_see_a_booking_and_nobody_else()
    {
        Assert.All([TheUser, ThePerformer, Admin], static actor => Assert.True(BookingRules.MaySee(Held, actor)));
        Assert.All(
            [
                new Actor(ActorRole.User, Performer),
                new Actor(ActorRole.Model, User),
                new Actor(ActorRole.User, "eva"),
                new Actor(ActorRole.Service, User),
            ],
            static actor => Assert.False(BookingRules.MaySee(Held, actor))
        );
    }

    private static Outcome<BookingEvent?> Decide(Booking booking, string command)
    {
        var before = Start.AddHours(-1);
        var hold = Now;
        return command switch
        {
            "rules" => BookingRules.Decide(booking, new AcceptRules(User, ConductRules.CurrentVersion), hold),
            "pay" => BookingRules.Decide(Id, booking, Pay(), Hold, hold).Map(static begun => (BookingEvent?)begun),
            "cancel" => BookingRules.Decide(booking, new CancelBooking(TheUser, null), null, before),
            "move" => MoveRules
                .Decide(booking, Move(Start.AddDays(1)), Offer, hold)
                .Map(static begun => (BookingEvent?)begun),
            "rate" => BookingRules.Decide(booking, new RateBooking(User, 5, null), null, Closes),
            "report" => BookingRules.Decide(booking, new ReportIncident(TheUser, "threat"), before),
            _ => BookingRules.Decide(booking, new CorrectVerdict(Admin, CallEndKind.BothAbsent, 100, "Both."), Closes),
        };
    }

    private static string Said(Outcome<BookingEvent?> outcome) =>
        outcome.Refusal?.Code ?? outcome.Value?.GetType().Name ?? Nothing;

    private static (BookingEvent?, Refusal?) ValueOf(Outcome<BookingEvent?> outcome) =>
        (outcome.Value, outcome.Refusal);
}
