using Actors.Grains.Rooms;

namespace Actors.Grains.Tests.Rooms;

/// <summary>What every provider of rooms promises; one suite runs against each, at a real door.</summary>
[Trait("Spec", "BO-6")]
public abstract class RoomProviderContract
{
    protected static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private int _made;

    /// <summary>Moves the clock of the provider and of the door.</summary>
    protected abstract void Advance(TimeSpan by);

    protected abstract IRoomProvider Provider { get; }

    /// <summary>Somebody opens a link at the door of the room.</summary>
    protected abstract bool LetsIn(string link);

    [Fact]
    public async Task A_room_that_is_there_already_is_as_good_as_a_new_one()
    {
        var plan = Plan();
        var first = await Provider.MakeAsync(plan);
        var second = await Provider.MakeAsync(plan);

        Assert.Equal((null, first.Value), (first.Failure, second.Value));
    }

    [Fact]
    public async Task Each_of_two_people_gets_a_link_of_her_own_that_lets_her_in_while_the_room_is_open()
    {
        var plan = Plan();
        var (bo, mia) = (await LinkAsync(plan, "user-1"), await LinkAsync(plan, "performer-2"));

        Assert.NotEqual(bo, mia);
        Assert.True(LetsIn(bo));
        Assert.True(LetsIn(mia));
    }

    [Fact]
    public async Task Nobody_gets_in_when_the_room_is_to_be_closed()
    {
        var link = await LinkAsync(Plan(), "user-1");
        Advance(TimeSpan.FromMinutes(45));
        Assert.False(LetsIn(link));
    }

    [Fact]
    public async Task A_link_to_one_room_opens_no_other()
    {
        var (one, other) = (Plan(), Plan());
        var link = await LinkAsync(one, "user-1");
        var foreign = await LinkAsync(other, "user-1");
        Assert.NotEqual(link, foreign);

        Assert.False(LetsIn(Elsewhere(link, one, other)));
        Assert.True(LetsIn(link));
    }

    [Fact]
    public async Task Whoever_was_put_out_does_not_get_in_again_and_her_newer_link_does()
    {
        var plan = Plan();
        var first = await LinkAsync(plan, "user-1");
        Assert.True(LetsIn(first));

        Assert.Null((await Provider.PutOutAsync(plan.Room, "user-1")).Failure);
        var second = await LinkAsync(plan, "user-2");

        Assert.True(LetsIn(second));
        Assert.False(LetsIn(first));
    }

    [Fact]
    public async Task Deleting_what_is_gone_already_is_done()
    {
        var plan = Plan();
        await Provider.MakeAsync(plan);

        Assert.Null((await Provider.DeleteAsync(plan.Room)).Failure);
        Assert.Null((await Provider.DeleteAsync(plan.Room)).Failure);
        Assert.Null((await Provider.DeleteAsync("never-was")).Failure);
    }

    protected RoomPlan Plan() =>
        new($"bk_{++_made}-1", Now - TimeSpan.FromMinutes(1), Now + TimeSpan.FromMinutes(45), WithVideo: true);

    protected async Task<string> LinkAsync(RoomPlan plan, string guest)
    {
        var address = (await Provider.MakeAsync(plan)).Value!;
        var booking = plan.Room[..plan.Room.LastIndexOf('-')];
        var pass = new RoomPass(
            booking,
            plan.Room,
            address,
            guest,
            $"the key of {plan.Room}, which nobody knows",
            plan.Opens,
            plan.Closes
        );
        return (await Provider.AdmitAsync(pass)).Value!;
    }

    /// <summary>The same link with another room's name in it.</summary>
    private static string Elsewhere(string link, RoomPlan one, RoomPlan other) =>
        link.Replace(one.Room, other.Room, StringComparison.Ordinal)
            .Replace($"/{one.Room[..^2]}.", $"/{other.Room[..^2]}.", StringComparison.Ordinal);
}
