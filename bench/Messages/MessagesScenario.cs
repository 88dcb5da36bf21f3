using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Scenarios;

namespace Actors.Bench.Messages;

/// <summary>Messages over HTTP beside a no-op endpoint, all on one machine in one run.</summary>
internal static class MessagesScenario
{
    private const double Aim = 0.4;

    /// <summary>Lists are told and replies are planned or dropped by then; the next load shall not pay for that.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var (users, models) = (arguments.Number("users", 4_000), arguments.Number("models", 400));
        var (rounds, duration) = (arguments.Number("rounds", 5), arguments.Seconds("seconds", 4));
        await using var host = await BenchHost.StartAsync(arguments);
        Machine.Print(host.DataDirectory);
        var talk = await Talk.OpenAsync(host, users, models, arguments.Number("conversations", 10_000));
        await SettleAsync();
        var client = new OwnClient(host, arguments.Number("connections", 128), duration);

        var noop = new Series(talk.Noop.Name, () => client.RunAsync(talk.Noop));
        var uniform = new Series(talk.Uniform.Name, () => SayAsync(client, talk.Uniform));
        var hot = new Series(talk.Hot.Name, () => SayAsync(client, talk.Hot));
        Series[] all = [noop, uniform, hot];
        await Series.RunAsync(all, rounds);

        Console.WriteLine($"Client: {client.Name}, {users:N0} users, {models:N0} models; {rounds} rounds.");
        Console.WriteLine();
        var table = new Table(
            "load",
            "per second",
            "p50",
            "p95",
            "p99",
            "host CPU",
            "client CPU",
            "of no-op POST",
            "aim",
            "faults"
        );
        foreach (var one in all)
        {
            table.Add([.. one.Figures(), $"{one.RatioTo(noop):P0}", one == noop ? "" : $"≥ {Aim:P0}", $"{one.Faults}"]);
        }
        table.Print();
        return all.Sum(static one => one.Faults) == 0 ? 0 : 1;
    }

    private static async Task<LoadRun> SayAsync(LoadClient client, Target target)
    {
        var run = await client.RunAsync(target);
        await SettleAsync();
        return run;
    }

    private static Task SettleAsync() => Task.Delay(Settled, TimeProvider.System);
}
