using Actors.Grains.Durability;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Durability;

[Trait("Spec", "OP-2")]
public sealed class UndeliveredTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Undelivered _undelivered;

    public UndeliveredTests() => _undelivered = new Undelivered(_time);

    private (long Effects, long Tokens, double Seconds) Seen =>
        (_undelivered.Effects, _undelivered.Tokens, _undelivered.Oldest.TotalSeconds);

    [Fact]
    public void Nothing_waits_at_first() => Assert.Equal((0, 0, 0), Seen);

    [Fact]
    public void The_age_is_that_of_the_oldest_and_falls_when_it_arrives_which_counts_once()
    {
        var first = _undelivered.Add(50);
        _time.Advance(TimeSpan.FromSeconds(7));
        var second = _undelivered.Add(0);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((2, 50, 10), Seen);
        first.End();
        Assert.Equal((1, 0, 3), Seen);
        first.End();
        Assert.Equal((1, 0, 3), Seen);
        second.End();
        Assert.Equal((0, 0, 0), Seen);
    }

    [Fact]
    public void What_waits_for_hours_keeps_its_age_although_others_come_and_go()
    {
        var old = _undelivered.Add(1);
        for (var second = 0; second < 7_200; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _undelivered.Add(2).End();
        }
        Assert.Equal((1, 1, 7_200), Seen);
        old.End();
        _time.Advance(TimeSpan.FromSeconds(1));
        var young = _undelivered.Add(2);
        Assert.Equal((1, 2, 0), Seen);
        young.End();
    }

    [Fact]
    public void Threads_at_once_lose_nothing()
    {
        var kept = 0;
        Parallel.For(
            0,
            100_000,
            number =>
            {
                var waiting = _undelivered.Add(1);
                if (number % 10 == 0)
                {
                    Interlocked.Increment(ref kept);
                }
                else
                {
                    waiting.End();
                }
            }
        );
        Assert.Equal((kept, kept, 0), Seen);
    }
}
