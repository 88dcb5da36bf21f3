using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;
using Price = Actors.GrainInterfaces.Ledger.Money;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>
/// Callers of their own who book a few performers of their own at a few times, so that they get in each other's way: they
/// pay or not, in time or late, put off, call off, come or do not, rate and report.
/// </summary>
internal sealed class BookingWorkload : IWorkload
{
    public const int Callers = 3;
    public const int Performers = 2;

    private const int Slots = 4;
    private const string Provider = PaymentProviders.Sandbox;

    private static readonly string[] Categories = ["threat", "recording"];

    public int Weight => 6;

    public static IReadOnlyList<string> People { get; } =
    [
        .. Enumerable.Range(1, Callers).Select(static number => $"caller{number}"),
        .. Enumerable.Range(1, Performers).Select(static number => $"star{number}"),
    ];

    public static string StreamOf(string id) => $"booking/{id}";

    /// <summary>All that bookings lead to, also where nobody ever asked.</summary>
    public static IEnumerable<string> StreamsOf(IReadOnlyList<Operation> operations) =>
        KnownIn(operations)
            .SelectMany(static id =>
                Enumerable.Range(1, 10).Select(number => $"payment/{id}-{number}").Append(StreamOf(id))
            )
            .Concat(People.SelectMany(static person => (string[])[$"inbox/{person}", $"booking-list/{person}"]))
            .Concat(Enumerable.Range(1, Performers).Select(static number => $"performer/star{number}"));

    public Task ActAsync(Seat seat) =>
        seat.Chance.Below(20) switch
        {
            < 5 => RequestAsync(seat),
            < 9 => PayAsync(seat),
            // Nobody declines: a provider is asked about what was declined for a month.
            < 13 => MoneyComesAsync(seat),
            13 => CancelAsync(seat),
            < 16 => MoveAsync(seat),
            < 18 => ComeOrGoAsync(seat),
            18 => RateAsync(seat),
            _ => ReportAsync(seat),
        };

    public async Task ReadAllAsync(Seat seat)
    {
        foreach (var id in KnownIn(seat.Observations.Operations))
        {
            await seat.AskAsync(
                StreamOf(id),
                static _ => new LookAtBooking(),
                (grains, _) => grains.GetGrain<IBookingGrain>(id).Get(Counter.Admin).AsTask()
            );
        }
    }

    public static IReadOnlyList<string> KnownIn(IReadOnlyList<Operation> operations) =>
        [
            .. operations
                .Where(static one => one.Command is RequestBooking)
                .Select(static one => Counter.OwnerOf(one.Stream))
                .Distinct(),
        ];

    /// <summary>Performers and callers come when they are needed first.</summary>
    private static async Task WelcomeAsync(Seat seat, string performer, string caller)
    {
        DayHours[] always =
        [
            .. Enumerable.Range(1, 7).Select(static day => new DayHours(day, [new LocalHours(0, 1_440)])),
        ];
        await OnceAsync(
            seat,
            $"booking-setup/{performer}",
            new SetPerformer(
                Counter.Admin,
                performer,
                "UTC",
                always,
                [CallType.Video],
                [30, 60],
                60,
                new Price(Price.TokenCurrency, 100),
                BufferBefore: 0,
                BufferAfter: 0,
                Status: PerformerStatus.Active,
                NoticeMinutes: 0,
                Policy: new CancellationPolicy(1, 100, 50)
            ),
            (grains, asked) => grains.GetGrain<IPerformerGrain>(performer).Set(asked)
        );
        await OnceAsync(
            seat,
            $"booking-setup/{caller}",
            new SetUserProfile(Counter.Admin, Prime: true, AgeVerified: true, TermsAccepted: true),
            (grains, asked) => grains.GetGrain<IUserProfileGrain>(caller).Set(asked)
        );
    }

    private static async Task OnceAsync<TCommand, TResult>(
        Seat seat,
        string stream,
        TCommand command,
        Func<IGrainFactory, TCommand, Task<Outcome<TResult>>> call
    )
        where TCommand : class
    {
        if (!seat.Observations.Operations.Any(one => one.Stream == stream && one.Answer == Answer.Done))
        {
            await seat.AskAsync(stream, _ => command, call);
        }
    }

    private static async Task RequestAsync(Seat seat)
    {
        var (performer, caller) = (
            $"star{seat.Chance.Between(1, Performers)}",
            $"caller{seat.Chance.Between(1, Callers)}"
        );
        await WelcomeAsync(seat, performer, caller);
        var key = Counter.NewKey(seat);
        var id = BookingIds.Of(caller, key);
        var command = new RequestBooking(
            caller,
            performer,
            AnyStart(seat),
            seat.Chance.OneIn(3) ? 60 : 30,
            CallType.Video,
            ConductRules.CurrentVersion,
            key
        );
        var operation = await AskAsync(seat, id, command, static (booking, asked) => booking.Request(asked));
        if (operation.Answer == Answer.Unknown || seat.Chance.OneIn(4))
        {
            await seat.PauseAsync();
            await seat.Service.WhenUpAsync();
            await AskAsync(seat, id, command, static (booking, asked) => booking.Request(asked));
        }
        await AskAsync(
            seat,
            id,
            new AcceptRules(caller, ConductRules.CurrentVersion),
            static (booking, asked) => booking.AcceptRules(asked)
        );
    }

    /// <summary>Half hours, of which there are few.</summary>
    private static DateTimeOffset AnyStart(Seat seat)
    {
        var now = seat.Time.GetUtcNow();
        var halfHour = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.FromMinutes(30).Ticks), TimeSpan.Zero);
        return halfHour.AddMinutes(30 * seat.Chance.Between(1, Slots));
    }

    private static Task PayAsync(Seat seat) =>
        AnyKnown(seat) is not var (id, caller)
            ? Task.CompletedTask
            : AskAsync(
                seat,
                id,
                new PayBooking(caller, Provider, Counter.NewKey(seat)),
                static (booking, asked) => booking.Pay(asked)
            );

    /// <summary>In time, late, once more: at the sandbox people pay when they like.</summary>
    private static Task MoneyComesAsync(Seat seat) =>
        AnyPayment(seat) is not { } payment
            ? Task.CompletedTask
            : seat.AskAsync(
                $"sandbox-payment/{payment}",
                static _ => new PayAtSandbox(),
                (grains, _) => grains.GetGrain<ISandboxPaymentGrain>(payment).Pay()
            );

    private static Task CancelAsync(Seat seat) =>
        AnyKnown(seat) is not var (id, caller)
            ? Task.CompletedTask
            : AskAsync(
                seat,
                id,
                new CancelBooking(new Actor(ActorRole.User, caller), null),
                static (booking, asked) => booking.Cancel(asked)
            );

    private static Task MoveAsync(Seat seat) =>
        AnyKnown(seat) is not var (id, _)
            ? Task.CompletedTask
            : AskAsync(
                seat,
                id,
                new RescheduleBooking(
                    Counter.Admin,
                    AnyStart(seat),
                    seat.Chance.OneIn(2) ? 60 : 30,
                    Counter.NewKey(seat)
                ),
                static (booking, asked) => booking.Reschedule(asked)
            );

    private static Task ComeOrGoAsync(Seat seat)
    {
        if (AnyKnown(seat) is not var (id, caller))
        {
            return Task.CompletedTask;
        }
        var request = (RequestBooking)
            seat
                .Observations.Operations.First(one => one.Command is RequestBooking && one.Stream == StreamOf(id))
                .Command;
        var who = seat.Chance.OneIn(2) ? caller : request.PerformerId;
        var kind = seat.Chance.OneIn(3) ? RoomEventKind.Left : RoomEventKind.Joined;
        return AskAsync(
            seat,
            id,
            new Attendance(kind, who, seat.Time.GetUtcNow(), $"session of {who}"),
            async (booking, seen) =>
            {
                await booking.Attended(new Delivery("door", seat.Observations.Operations.Count), seen);
                return (Outcome<Done>)Done.It;
            }
        );
    }

    private static Task RateAsync(Seat seat) =>
        AnyKnown(seat) is not var (id, caller)
            ? Task.CompletedTask
            : AskAsync(
                seat,
                id,
                new RateBooking(caller, seat.Chance.Between(1, 5), null),
                static (booking, asked) => booking.Rate(asked)
            );

    private static Task ReportAsync(Seat seat) =>
        AnyKnown(seat) is not var (id, caller)
            ? Task.CompletedTask
            : AskAsync(
                seat,
                id,
                new ReportIncident(new Actor(ActorRole.User, caller), seat.Chance.Pick(Categories)),
                static (booking, asked) => booking.ReportIncident(asked)
            );

    private static Task<Operation> AskAsync<TCommand, TResult>(
        Seat seat,
        string id,
        TCommand command,
        Func<IBookingGrain, TCommand, Task<Outcome<TResult>>> call
    )
        where TCommand : class =>
        seat.AskAsync(StreamOf(id), _ => command, (grains, asked) => call(grains.GetGrain<IBookingGrain>(id), asked));

    /// <summary>Most often one of the newest, of which something can still become.</summary>
    private static (string Id, string Caller)? AnyKnown(Seat seat)
    {
        var requests = seat.Observations.Operations.Where(static one => one.Command is RequestBooking).ToArray();
        if (requests.Length == 0)
        {
            return null;
        }
        var newest = seat.Chance.OneIn(4) ? requests : requests[^Math.Min(4, requests.Length)..];
        var one = seat.Chance.Pick(newest);
        return (Counter.OwnerOf(one.Stream), ((RequestBooking)one.Command).UserId);
    }

    private static string? AnyPayment(Seat seat) =>
        AnyKnown(seat) is var (id, _) ? $"{id}-{seat.Chance.Between(1, seat.Chance.OneIn(3) ? 3 : 1)}" : null;
}

internal sealed record LookAtBooking;

internal sealed record PayAtSandbox;
