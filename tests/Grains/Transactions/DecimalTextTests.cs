using System.Numerics;
using Actors.Grains.Transactions;

namespace Actors.Grains.Tests.Transactions;

[Trait("Spec", "TX-1")]
public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("1.50", "1.5")]
    [InlineData("0.000000000000000001", "0.000000000000000001")]
    [InlineData(
        "999999999999999999999999999999.999999999999999999",
        "999999999999999999999999999999.999999999999999999"
    )]
    public void A_number_is_exact_to_its_last_digit(string text, string written)
    {
        Assert.True(DecimalText.TryRead(text, out var units));
        Assert.Equal(written, DecimalText.Of(units));
        Assert.Equal(units, DecimalText.Read(written));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e18")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("١")]
    [InlineData("0.0000000000000000001")]
    [InlineData("1000000000000000000000000000000")]
    public void What_is_no_such_number_is_refused(string? text) => Assert.False(DecimalText.TryRead(text, out _));

    [Fact]
    public void A_sum_may_have_more_digits_than_what_is_taken_in()
    {
        Assert.True(DecimalText.TryRead("999999999999999999999999999999.5", out var units));

        Assert.Equal("9999999999999999999999999999995", DecimalText.Of(units * 10));
        Assert.Equal(units * 10, DecimalText.Read("9999999999999999999999999999995"));
        Assert.Equal(BigInteger.Zero, DecimalText.Read("0"));
    }
}
