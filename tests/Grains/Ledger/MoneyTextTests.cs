using Actors.Grains.Ledger;

namespace Actors.Grains.Tests.Ledger;

public sealed class MoneyTextTests
{
    [Theory, Trait("Spec", "PM-7")]
    [InlineData("I'm <3", "I'm <3", true)]
    [InlineData("I’m ‹3", "I'm <3", true)]
    [InlineData(null, null, true)]
    [InlineData("I'm <3", "I’m ‹3", false)]
    [InlineData("one", "two", false)]
    [InlineData(null, "two", false)]
    [InlineData("one", null, false)]
    public void A_repeated_text_is_the_same_also_when_an_older_version_kept_it(
        string? kept,
        string? repeated,
        bool isSame
    ) => Assert.Equal(isSame, MoneyText.IsSame(kept, repeated));

    [Theory]
    [InlineData("charged twice", "charged twice")]
    [InlineData("\u200B", null)]
    [InlineData(null, null)]
    public void A_reason_says_something(string? typed, string? reason) => Assert.Equal(reason, MoneyText.Reason(typed));

    [Fact]
    public void A_reason_does_not_say_too_much() => Assert.Null(MoneyText.Reason(new string('a', 501)));
}
