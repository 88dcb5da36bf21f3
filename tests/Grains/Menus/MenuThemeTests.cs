using Actors.Grains.Menus;

namespace Actors.Grains.Tests.Menus;

[Trait("Spec", "PM-1")]
public sealed class MenuThemeTests
{
    [Theory]
    [InlineData("gold", "gold")]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("{}", "{}")]
    [InlineData(
        """{ "primary": "#ff8800", "dark": true, "radius": 4 }""",
        """{"primary":"#ff8800","dark":true,"radius":4}"""
    )]
    public void A_theme_is_a_name_or_a_flat_object(string? typed, string? kept)
    {
        Assert.True(MenuTheme.TryRead(typed, out var read));
        Assert.Equal(kept, read);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("{")]
    [InlineData("{x}")]
    [InlineData("""{"a":{}}""")]
    [InlineData("""{"a":[1]}""")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a b":1}""")]
    [InlineData("""{"":1}""")]
    [InlineData("""{"a":"one\ntwo"}""")]
    public void Anything_else_is_no_theme(string typed) => Assert.False(MenuTheme.TryRead(typed, out _));

    [Fact]
    public void An_object_is_small()
    {
        Assert.False(MenuTheme.TryRead(Object(21, "x"), out _));
        Assert.True(MenuTheme.TryRead(Object(20, "x"), out _));
        Assert.False(MenuTheme.TryRead(Object(1, new string('x', 201)), out _));
        Assert.False(MenuTheme.TryRead(Object(20, new string('x', 200)) + new string(' ', 4_000), out _));
    }

    private static string Object(int members, string value) =>
        $"{{{string.Join(',', Enumerable.Range(1, members).Select(number => $"\"m{number}\":\"{value}\""))}}}";
}
