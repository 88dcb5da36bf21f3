using Actors.Embedded.Tests.Grains;

namespace Actors.Embedded.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        var runs = Enumerable.Range(1, 8).Select(seed => (First: Run(seed), Second: Run(seed))).ToArray();
        Assert.All(runs, x => Assert.Equal(x.First, x.Second));
        Assert.Equal(runs.Length, runs.Select(x => x.First).Distinct().Count());
    }

    /// <summary>Interleaving calls, chains, timers, reminders, time limits, collection and a stop, written down.</summary>
    private static string Run(int seed)
    {
        var turns = new SteppedTurns(new Random(seed));
        var silo = new Silo(turns: turns);
        var calls = new List<(string Name, Task Task)>();
        void Call(string name, Task task) => calls.Add((name, task));

        for (var i = 0; i < 5; i++)
        {
            Call($"lenient {i}", silo.Grain<ILenient>($"{i % 2}").Normal($"n{i}"));
            Call($"strict {i}", silo.Grain<IStrict>($"{i % 2}").Reading($"r{i}"));
            Call($"relay {i}", silo.Grain<IStrictRelay>($"{i}").Pass([$"{(i + 1) % 5}", $"{(i + 2) % 5}", $"r:{i}"]));
            Call($"cycle {i}", silo.Grain<IStrictRelay>($"c{i}").Pass([$"d{i}", $"c{i}"]));
            Call(
                $"timer {i}",
                silo.Grain<ITimed>($"{i}").Start(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), null, false, false)
            );
            Call(
                $"reminder {i}",
                silo.Grain<IReminded>($"{i}").Register("r", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1))
            );
            Call($"slow {i}", silo.Grain<ICounter>($"{i}").AddSlowly(i, $"never{i}"));
        }
        turns.RunAll();
        for (var i = 0; i < 5; i++)
        {
            silo.Journal.Open($"n{i}");
            silo.Journal.Open($"r{i}");
        }
        turns.RunAll();
        for (var second = 0; second < 70; second++)
        {
            silo.Time.Advance(TimeSpan.FromSeconds(1));
            turns.RunAll();
        }
        for (var i = 0; i < 5; i++)
        {
            silo.Journal.Open($"never{i}");
        }
        Call("stop", silo.Engine.StopAsync(CancellationToken.None));
        turns.RunAll();

        Assert.True(calls[^1].Task.IsCompletedSuccessfully);
        Assert.Equal(0, silo.Engine.Statistics.ActivationCount);
        var outcomes = calls.Select(x => $"{x.Name}: {x.Task.Status} {x.Task.Exception?.InnerException?.Message}");
        return string.Join("\n", silo.Journal.Lines.Concat(outcomes).Append($"{turns.Steps} steps"));
    }
}
