using System.Collections.Immutable;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;
using Actors.Grains.Bookings;

namespace Actors.Grains.Tests.Bookings;

/// <summary>One booking at each of its stages: 30 minutes for 100 tokens, a week from now.</summary>
internal static class Calls
{
    public const string Id = "bk_0123456789abcdef0123456789abcdef";
    public const string User = "bo";
    public const string Performer = "ana";

    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Start = Now.AddDays(7);
    public static readonly DateTimeOffset End = Start.AddMinutes(30);
    public static readonly DateTimeOffset Closes = End.AddMinutes(5);
    public static readonly BookingOptions Options = new();
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    public static readonly Money Price = new(Money.TokenCurrency, 100);
    public static readonly CancellationPolicy Policy = new(24, 100, 25);
    public static readonly CallWish Wish = new(User, Performer, Start, 30, CallType.Video, 1);
    public static readonly BookingTerms Terms = new(Wish, "Ana", Price, Policy, 5, 30, Now, 0);
    public static readonly CallOffer Offer = new(Performer, "Ana", "UTC", Price, Policy);

    public static readonly Actor TheUser = new(ActorRole.User, User);
    public static readonly Actor ThePerformer = new(ActorRole.Model, Performer);
    public static readonly Actor Admin = new(ActorRole.Admin, "root");

    public static readonly BookingPayment Payment = new($"{Id}-1", "sandbox", Price, PaymentState.Open, Key("pay"));

    public static readonly BookingMoney Waiting = new(Now, [Payment]);

    public static readonly BookingMoney Paid = new(
        Now,
        [Payment with { State = PaymentState.Paid, Paid = new Money("USD", 500) }]
    );

    public static readonly RequestedBooking Requested = new(Wish, Now, Now.AddMinutes(1));
    public static readonly RefusedBooking Refused = new(Wish, "NOT_AVAILABLE", "Taken.");
    public static readonly HeldBooking Held = new(Terms, Now, Now + Hold, null);
    public static readonly HeldBooking Accepted = Held with { RulesAcceptedAt = Now };
    public static readonly UnpaidBooking Unpaid = new(Terms, Now, Waiting, Now + Hold);
    public static readonly ConfirmedBooking Confirmed = new(Terms, Now, Paid, 24 * 60, [], null, []);
    public static readonly LiveBooking Live = new(Terms, Start, Paid, [], false);

    public static readonly CompletedBooking Completed = new(
        Terms,
        Closes,
        Closes,
        Paid,
        new CallVerdict(CallEndKind.Completed, 0, Closes, []),
        null
    );

    public static readonly NoShowBooking NoShow = new(
        Terms,
        Closes,
        Closes,
        Paid,
        new CallVerdict(CallEndKind.PerformerNoShow, 100, Closes, [])
    );

    public static readonly CancelledBooking Cancelled = new(Terms, Now, Now, Paid, User, null, 100);
    public static readonly ExpiredBooking Expired = new(Terms, Now + Hold, Now + Hold, Waiting.Closed());
    public static readonly ArchivedBooking Archived = new(Terms, Closes.AddDays(30), Paid, Completed.Verdict, null);

    /// <summary>Every stage, by the name that the table of moves uses.</summary>
    public static readonly IReadOnlyDictionary<string, Booking> Stages = new Dictionary<string, Booking>
    {
        ["none"] = Booking.None,
        ["requested"] = Requested,
        ["refused"] = Refused,
        ["held"] = Held,
        ["accepted"] = Accepted,
        ["unpaid"] = Unpaid,
        ["confirmed"] = Confirmed,
        ["live"] = Live,
        ["completed"] = Completed,
        ["no-show"] = NoShow,
        ["cancelled"] = Cancelled,
        ["expired"] = Expired,
        ["archived"] = Archived,
    };

    public static IdempotencyKey Key(string text) => IdempotencyKey.Parse(text);

    public static RequestBooking Request(string key = "key") =>
        new(User, Performer, Start, 30, CallType.Video, 1, Key(key));

    public static PayBooking Pay(string key = "pay", string provider = "sandbox") => new(User, provider, Key(key));

    public static RescheduleBooking Move(DateTimeOffset start, int? duration = null, string key = "move") =>
        new(TheUser, start, duration, Key(key));

    public static CallOffer OfferFor(long tokens) => Offer with { Price = new Money(Money.TokenCurrency, tokens) };

    public static Attendance Joined(string person, DateTimeOffset at, string session = "s1") =>
        new(RoomEventKind.Joined, person, at, session);

    public static Attendance Left(string person, DateTimeOffset at, string session = "s1") =>
        new(RoomEventKind.Left, person, at, session);

    public static ImmutableArray<Stay> Stays(params IEnumerable<Attendance> seen) =>
        seen.Aggregate(ImmutableArray<Stay>.Empty, CallEvidence.Add);
}
