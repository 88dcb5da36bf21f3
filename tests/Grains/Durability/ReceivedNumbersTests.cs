using Actors.GrainInterfaces.Durability;
using Actors.Grains.Durability;

namespace Actors.Grains.Tests.Durability;

[Trait("Spec", "SE-3")]
public sealed class ReceivedNumbersTests
{
    [Fact]
    public void What_is_decided_is_seen_at_once_and_listed_only_when_it_is_durable()
    {
        var numbers = new ReceivedNumbers();
        numbers.Load("ana", 4);
        numbers.Decide(new Delivery("ana", 5));
        numbers.Decide(new Delivery("ben", 1));

        Assert.True(numbers.HasSeen(new Delivery("ana", 5)));
        Assert.True(numbers.HasSeen(new Delivery("ben", 1)));
        Assert.False(numbers.HasSeen(new Delivery("ana", 6)));
        Assert.Equal(new Dictionary<string, long> { ["ana"] = 4 }, numbers.ListDurable());

        numbers.MakeDurable(new Delivery("ana", 5));
        Assert.Equal(new Dictionary<string, long> { ["ana"] = 5 }, numbers.ListDurable());
    }
}
