using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Purchases;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.Bench.Calendar;

/// <summary>
/// Performers' time on the grains of this process, without HTTP: questions for free times of one who is booked out, and holds
/// on many, each beside a call of the same grain that only answers.
/// </summary>
internal static class CalendarScenario
{
    private const int Minutes = 30;
    private const int FreeEvery = 5;

    private static readonly Actor Admin = new(ActorRole.Admin, "bench-admin");

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var (bookings, performers) = (arguments.Number("bookings", 10_000), arguments.Number("performers", 500));
        var (clients, duration) = (arguments.Number("clients", 128), arguments.Seconds("seconds", 4));
        var rounds = arguments.Number("rounds", 5);
        await using var host = await GrainHost.StartAsync(arguments.Text("data") ?? Path.GetTempPath());
        await Parallel.ForAsync(0, performers, async (number, _) => await OpenAsync(host.Grains, Name(number)));
        var busy = await OpenAsync(host.Grains, "booked-out");
        var first = FirstStart();
        await BookAsync(busy, first, bookings);

        var slots = new Table($"free times with {bookings:N0} bookings", "calls", "p50", "p99", "offered");
        for (var round = 0; round < rounds; round++)
        {
            slots.AddRow("does nothing (quote)", await AskAsync(busy, first, bookings, days: 0, duration));
            slots.AddRow("slots of a week", await AskAsync(busy, first, bookings, days: 7, duration));
            slots.AddRow("slots of 62 days", await AskAsync(busy, first, bookings, days: 62, duration));
        }
        slots.Print();

        var holds = new Table($"{performers} performers, {clients} clients", "per second", "p50", "p99");
        long held = 0;
        for (var round = 0; round < rounds; round++)
        {
            holds.AddRun(
                "does nothing (quote)",
                await RunAsync(clients, duration, number => QuoteAsync(host.Grains, number % performers, first))
            );
            holds.AddRun(
                "holds",
                await RunAsync(
                    clients,
                    duration,
                    _ =>
                    {
                        var number = Interlocked.Increment(ref held) - 1;
                        var start = first.AddMinutes(Minutes * (number / performers));
                        return HoldAsync(
                            host.Grains.GetGrain<IPerformerGrain>(Name(number % performers)),
                            $"bk-{number}",
                            start
                        );
                    }
                )
            );
        }
        holds.Print();
        return 0;
    }

    private static async Task<IPerformerGrain> OpenAsync(IGrainFactory grains, string id)
    {
        var always = Enumerable
            .Range(1, 7)
            .Select(static day => new DayHours(day, [new LocalHours(0, PerformerLimits.MinutesOfDay)]))
            .ToArray();
        var performer = grains.GetGrain<IPerformerGrain>(id);
        Check(
            await performer.Set(
                new SetPerformer(
                    Admin,
                    "Bench",
                    "Europe/Madrid",
                    always,
                    Durations: [Minutes],
                    BasePrice: new Money(Money.TokenCurrency, 1),
                    NoticeMinutes: 0,
                    HorizonDays: PerformerLimits.LongestHorizonDays
                )
            )
        );
        return performer;
    }

    /// <summary>One half hour after the other, every fifth left free.</summary>
    private static Task BookAsync(IPerformerGrain performer, DateTimeOffset first, int bookings) =>
        Parallel.ForAsync(
            0,
            bookings,
            async (number, _) =>
            {
                var start = first.AddMinutes(Minutes * (number + (number / (FreeEvery - 1))));
                var id = string.Create(CultureInfo.InvariantCulture, $"bk_{number:D32}");
                Check(await performer.Hold(new HoldTime(id, start, Minutes, CallType.Video, DateTimeOffset.MaxValue)));
                Check(await performer.Confirm(new ConfirmTime(id, start, Minutes, CallType.Video)));
            }
        );

    /// <summary>One question after the other, each for other days.</summary>
    private static async Task<(LatencyHistogram Latency, double Offered)> AskAsync(
        IPerformerGrain performer,
        DateTimeOffset first,
        int bookings,
        int days,
        TimeSpan duration
    )
    {
        var (latency, offered) = (new LatencyHistogram(), 0L);
        var chance = new Random(days);
        var daysBooked = Math.Max(1, (bookings * Minutes / PerformerLimits.MinutesOfDay) - days);
        var startedAt = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(startedAt) < duration)
        {
            var from = first.AddDays(chance.Next(daysBooked));
            var askedAt = Stopwatch.GetTimestamp();
            if (days == 0)
            {
                Check(await performer.Quote(new HoldTime("", from, Minutes, CallType.Video, from)));
            }
            else
            {
                var slots = await performer.Slots(new SlotQuery(from, from.AddDays(days), Minutes, CallType.Video));
                offered += slots.Value!.Starts.Count;
            }
            latency.Add(Stopwatch.GetElapsedTime(askedAt));
        }
        return (latency, (double)offered / latency.Count);
    }

    private static async Task<(LatencyHistogram Latency, double PerSecond)> RunAsync(
        int clients,
        TimeSpan duration,
        Func<int, Task> act
    )
    {
        var latency = new LatencyHistogram();
        var startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => KeepActingAsync(client))));
        return (latency, latency.Count / Stopwatch.GetElapsedTime(startedAt).TotalSeconds);

        async Task KeepActingAsync(int client)
        {
            for (var number = client; Stopwatch.GetElapsedTime(startedAt) < duration; number += clients)
            {
                var actedAt = Stopwatch.GetTimestamp();
                await act(number);
                latency.Add(Stopwatch.GetElapsedTime(actedAt));
            }
        }
    }

    private static async Task HoldAsync(IPerformerGrain performer, string id, DateTimeOffset start) =>
        Check(await performer.Hold(new HoldTime(id, start, Minutes, CallType.Video, DateTimeOffset.MaxValue)));

    private static async Task QuoteAsync(IGrainFactory grains, int number, DateTimeOffset start) =>
        Check(
            await grains
                .GetGrain<IPerformerGrain>(Name(number))
                .Quote(new HoldTime("", start, Minutes, CallType.Video, start))
        );

    private static void AddRow(this Table table, string name, (LatencyHistogram Latency, double Offered) run) =>
        table.Add(
            name,
            $"{run.Latency.Count:N0}",
            Table.Milliseconds(run.Latency.Percentile(50)),
            Table.Milliseconds(run.Latency.Percentile(99)),
            $"{run.Offered:N0}"
        );

    private static void AddRun(this Table table, string name, (LatencyHistogram Latency, double PerSecond) run) =>
        table.Add(
            name,
            $"{run.PerSecond:N0}",
            Table.Milliseconds(run.Latency.Percentile(50)),
            Table.Milliseconds(run.Latency.Percentile(99))
        );

    private static DateTimeOffset FirstStart()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
    }

    private static string Name(long number) => string.Create(CultureInfo.InvariantCulture, $"performer-{number}");

    private static void Check<T>(Outcome<T> outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The calendar was refused: {refusal.Code}.");
        }
    }
}
