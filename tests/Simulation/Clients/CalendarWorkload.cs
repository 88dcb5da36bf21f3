using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using Price = Actors.GrainInterfaces.Ledger.Money;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Bookings that go for the same few hours of the same few performers, pay late, move and give up.</summary>
internal sealed class CalendarWorkload : IWorkload
{
    private const int Bookings = 9;
    private const int Starts = 10;

    private static readonly Actor Admin = new(ActorRole.Admin, "admin1");

    public int Weight => 8;

    public async Task ActAsync(Seat seat)
    {
        var performer = seat.AnyModel();
        if (!IsOpen(seat, performer))
        {
            await OpenAsync(seat, performer);
            return;
        }
        await ActAsync(seat, performer);
        // Somebody else wants the same at the same moment.
        if (seat.Chance.OneIn(3))
        {
            await Task.WhenAll(ActAsync(seat, performer), ActAsync(seat, performer));
        }
    }

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Models; number++)
        {
            var from = seat.Time.GetUtcNow();
            await AskAsync(
                seat,
                $"model{number}",
                new SlotQuery(from, from.AddDays(3), 30, CallType.Video),
                static (performer, query) => performer.Slots(query).AsTask()
            );
        }
    }

    public static string StreamOf(string performer) => $"performer/{performer}";

    private static Task ActAsync(Seat seat, string performer)
    {
        var (booking, start) = ($"booking{seat.Chance.Between(1, Bookings)}", AnyStart(seat));
        var minutes = seat.Chance.Pick([30, 60]);
        var held = seat
            .Observations.Operations.Where(one => one.Stream == StreamOf(performer) && one.Answer == Answer.Done)
            .Select(static one => one.Command)
            .OfType<HoldTime>()
            .LastOrDefault();
        return seat.Chance.Below(12) switch
        {
            < 5 => AskAsync(
                seat,
                performer,
                new HoldTime(booking, start, minutes, CallType.Video, AnyEnd(seat)),
                static (grain, hold) => grain.Hold(hold)
            ),
            < 8 => held is null
                ? Task.CompletedTask
                : AskAsync(
                    seat,
                    performer,
                    new ConfirmTime(held.BookingId, held.Start, held.Duration, held.Type),
                    static (grain, confirm) => grain.Confirm(confirm)
                ),
            8 => AskAsync(
                seat,
                performer,
                new MoveTime(booking, start, minutes),
                static (grain, move) => grain.Move(move)
            ),
            9 => FreeAsync(seat, performer, booking),
            _ => RateAsync(seat, performer, booking),
        };
    }

    private static Task<Operation> OpenAsync(Seat seat, string performer)
    {
        var always = Enumerable.Range(1, 7).Select(static day => new DayHours(day, [new LocalHours(0, 1440)]));
        return AskAsync(
            seat,
            performer,
            new SetPerformer(
                Admin,
                TimeZone: "Europe/Madrid",
                Weekly: [.. always],
                Durations: [30, 60],
                BasePrice: new Price(Price.TokenCurrency, 10),
                BufferBefore: seat.Chance.Pick([0, 5]),
                BufferAfter: seat.Chance.Pick([0, 10])
            ),
            static (grain, set) => grain.Set(set)
        );
    }

    private static Task<Operation> FreeAsync(Seat seat, string performer, string booking) =>
        AskAsync(
            seat,
            performer,
            new FreeTime(booking, seat.Observations.Operations.Count + 1),
            static async (grain, free) =>
            {
                await grain.Free(new Delivery($"free/{free.Number}", 1), free.BookingId);
                return (Outcome<Done>)Done.It;
            }
        );

    /// <summary>Once for each booking, told again and again as by an outbox that knows of no answer.</summary>
    private static Task<Operation> RateAsync(Seat seat, string performer, string booking) =>
        AskAsync(
            seat,
            performer,
            new CallRating(booking, 5, null),
            static async (grain, rating) =>
            {
                await grain.NoteRating(new Delivery($"rating/{rating.BookingId}", 1), rating);
                return (Outcome<Done>)Done.It;
            }
        );

    private static bool IsOpen(Seat seat, string performer) =>
        seat.Observations.Operations.Any(one =>
            one.Stream == StreamOf(performer) && one is { Command: SetPerformer, Answer: Answer.Done }
        );

    /// <summary>Tomorrow, within a few hours.</summary>
    private static DateTimeOffset AnyStart(Seat seat)
    {
        var tomorrow = new DateTimeOffset(seat.Time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        return tomorrow.AddHours(6).AddMinutes(15 * seat.Chance.Below(Starts));
    }

    private static DateTimeOffset AnyEnd(Seat seat) =>
        seat.Time.GetUtcNow() + seat.Chance.Pick([TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10)]);

    private static Task<Operation> AskAsync<TCommand, TAnswer>(
        Seat seat,
        string performer,
        TCommand command,
        Func<IPerformerGrain, TCommand, Task<Outcome<TAnswer>>> call
    )
        where TCommand : class =>
        seat.AskAsync(
            StreamOf(performer),
            _ => command,
            (grains, asked) => call(grains.GetGrain<IPerformerGrain>(performer), asked)
        );
}

internal sealed record FreeTime(string BookingId, int Number);
