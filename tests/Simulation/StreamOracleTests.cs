using Actors.Simulation.Tests.Clients;
using Actors.Simulation.Tests.Oracles;

namespace Actors.Simulation.Tests;

/// <summary>The judge itself: a register that holds 0, 1, 2 … after as many events.</summary>
public sealed class StreamOracleTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Answers_that_follow_the_stream_are_fine()
    {
        Assert.Empty(Judge(Told(1, 1, 2), Told(2, 3, 4), Told(2, 5, 6)));
    }

    [Fact]
    public void Answers_may_cross_while_they_overlap()
    {
        Assert.Empty(Judge(Told(2, 1, 10), Told(1, 2, 9)));
    }

    [Fact]
    public void An_answer_that_shows_less_than_one_before_it_is_a_violation()
    {
        Assert.Single(Judge(Told(2, 1, 2), Told(1, 3, 4)));
    }

    [Fact]
    public void An_answer_that_shows_what_the_stream_never_held_is_a_violation()
    {
        Assert.Single(Judge(Told(4, 1, 2)));
    }

    [Fact]
    public void An_acknowledgement_that_does_not_show_its_own_event_is_a_violation()
    {
        Assert.Single(Judge(Wrote(version: 3, shown: 2, 1, 2)));
        Assert.Empty(Judge(Wrote(version: 3, shown: 3, 1, 2)));
    }

    [Fact]
    public void What_nobody_was_told_is_not_judged()
    {
        Assert.Empty(Judge(new Operation(1, "s", new ReadMood(), At(1))));
    }

    private static IEnumerable<string> Judge(params Operation[] operations) =>
        new StreamOracle<int>(
            "s",
            [0, 1, 2, 3],
            static (operation, count) => (int)operation.Value! == count,
            static operation => operation.Command as int?
        ).Check(operations);

    private static Operation Told(int shown, long asked, long answered)
    {
        var operation = new Operation((int)asked, "s", new ReadMood(), At(asked));
        operation.Tell(At(answered), shown, null);
        return operation;
    }

    private static Operation Wrote(int version, int shown, long asked, long answered)
    {
        var operation = new Operation((int)asked, "s", version, At(asked));
        operation.Tell(At(answered), shown, null);
        return operation;
    }

    private static Moment At(long order) => new(order, Now, default, default);
}
