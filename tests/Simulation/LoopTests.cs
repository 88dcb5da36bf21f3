using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests;

public sealed class LoopTests
{
    private readonly SimulationLoop _loop = new(new Chance(1), new Trace(null));
    private readonly FaultDomain _domain;

    public LoopTests() => _domain = new FaultDomain(_loop, "domain");

    [Fact]
    public void Work_from_another_thread_ends_the_run_even_if_the_failure_is_swallowed()
    {
        var thread = new Thread(() => Record.Exception(() => _domain.Post(static () => { })));
        thread.Start();
        thread.Join();

        Assert.Throws<NonDeterminismException>(() => _loop.Step());
    }

    [Fact]
    public void Time_passes_only_when_nothing_is_ready_and_then_to_the_next_timer()
    {
        var ticked = 0;
        _domain.Time.CreateTimer(_ => ticked++, null, TimeSpan.FromHours(2), Timeout.InfiniteTimeSpan);

        Drain();

        Assert.Equal(1, ticked);
        Assert.InRange(_loop.Clock.Elapsed, TimeSpan.FromHours(2), TimeSpan.FromHours(2.01));
    }

    [Fact]
    public void A_periodic_timer_that_came_late_makes_up_for_nothing()
    {
        var ticked = 0;
        using var timer = _domain.Time.CreateTimer(
            _ => ticked++,
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1)
        );
        _loop.Clock.Advance(TimeSpan.FromSeconds(30));

        _loop.Step();

        Assert.Equal(1, ticked);
    }

    [Fact]
    public void Setting_the_wall_clock_moves_no_timer()
    {
        var ticked = 0;
        _domain.Time.CreateTimer(_ => ticked++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        var before = _domain.Time.GetUtcNow();

        _loop.Clock.SetWall(TimeSpan.FromHours(3));
        _domain.Post(static () => { });
        _loop.Step();

        Assert.Equal(0, ticked);
        Assert.True(_domain.Time.GetUtcNow() - before >= TimeSpan.FromHours(3));
    }

    [Fact]
    public void Nothing_of_a_dead_domain_runs_and_who_waits_for_it_is_told()
    {
        var ran = 0;
        _domain.Time.CreateTimer(_ => ran++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _domain.Post(() => ran++);
        var waiting = _domain.RunAsync(static () => Task.CompletedTask);

        _domain.Die();
        Drain();

        Assert.Equal(0, ran);
        Assert.IsType<DomainDiedException>(waiting.Exception?.InnerException);
    }

    [Fact]
    public void Chance_repeats_by_seed_and_stays_within_its_bounds()
    {
        var (first, second) = (new Chance(7), new Chance(7));
        for (var count = 0; count < 1_000; count++)
        {
            Assert.Equal(first.Next(), second.Next());
            Assert.InRange(first.Between(3, 5), 3, 5);
            Assert.InRange(second.Between(3, 5), 3, 5);
        }
        Assert.NotEqual(new Chance(7).Next(), new Chance(8).Next());
    }

    private void Drain()
    {
        while (_loop.Step())
        {
            // Until nothing is left.
        }
    }
}
