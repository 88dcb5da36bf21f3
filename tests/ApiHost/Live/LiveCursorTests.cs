using Actors.ApiHost.Live;

namespace Actors.ApiHost.Tests.Live;

[Trait("Spec", "CH-3")]
public sealed class LiveCursorTests
{
    [Theory]
    [InlineData("n0")]
    [InlineData("b12.n5")]
    [InlineData("b12-1.n5")]
    [InlineData("b999999999999999999-9999.n1.p281474976710655")]
    public void A_cursor_is_read_as_it_was_written(string text)
    {
        Assert.True(LiveCursor.TryParse(text, out var cursor));
        Assert.Equal(text, cursor.ToString());
    }

    [Fact]
    public void Streams_come_in_the_order_of_their_letters()
    {
        Assert.True(LiveCursor.TryParse("n5.b12", out var cursor));
        Assert.Equal("b12.n5", cursor.ToString());
        Assert.Equal("b13.n5", cursor.With('b', new LivePosition(13)).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("n")]
    [InlineData("5")]
    [InlineData("N5")]
    [InlineData("ñ5")]
    [InlineData("n5.")]
    [InlineData(".n5")]
    [InlineData("n5..b1")]
    [InlineData("n5,b1")]
    [InlineData("n5.n6")]
    [InlineData("n05")]
    [InlineData("n-1")]
    [InlineData("n+1")]
    [InlineData("n 1")]
    [InlineData("n1 ")]
    [InlineData("n1-")]
    [InlineData("n1-0")]
    [InlineData("n1-01")]
    [InlineData("n1-10000")]
    [InlineData("n1-1-1")]
    [InlineData("n1.5")]
    [InlineData("n٣")]
    [InlineData("n1000000000000000000")]
    [InlineData("n99999999999999999999999999")]
    public void Anything_else_is_no_cursor(string text) => Assert.False(LiveCursor.TryParse(text, out _));

    [Fact]
    public void A_text_without_end_is_no_cursor() =>
        Assert.False(LiveCursor.TryParse(string.Join('.', Enumerable.Repeat("n1", 1000)), out _));
}
