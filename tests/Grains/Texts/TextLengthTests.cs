using Actors.Grains.Texts;

namespace Actors.Grains.Tests.Texts;

[Trait("Spec", "MO-2")]
public sealed class TextLengthTests
{
    /// <summary>One character each for whoever looks at it.</summary>
    public static readonly TheoryData<string> Characters =
    [
        "a",
        "é",
        "e\u0301",
        "日",
        "😊",
        "👍🏽",
        "🇨🇴",
        "👩‍👩‍👧‍👦",
        "👩🏻‍❤️‍💋‍👨🏿",
        "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
        "नि",
    ];

    [Theory]
    [MemberData(nameof(Characters))]
    public void Two_hundred_of_any_character_are_200_and_one_more_is_not(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 200));

        Assert.True(TextLength.IsWithin(text, 200));
        Assert.False(TextLength.IsWithin(text + character, 200));
        Assert.False(TextLength.IsWithin(text, 199));
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(1_000, false)]
    [InlineData(1_000_000, false)]
    public void One_character_carries_only_so_many_marks(int marks, bool isWithin) =>
        Assert.Equal(isWithin, TextLength.IsWithin("Z" + new string('\u0335', marks), 200));

    [Fact]
    public void Marks_are_bounded_in_all_as_well_as_on_each_character()
    {
        var laden = "Z" + new string('\u0335', 30);

        Assert.True(TextLength.IsWithin(Repeated(laden, 100), 200));
        Assert.False(TextLength.IsWithin(Repeated(laden, 110), 200));
        Assert.False(TextLength.IsWithin(Repeated(laden, 140), 1_000));
    }

    [Fact]
    public void Half_pairs_and_nothing_at_all_have_a_length_too()
    {
        Assert.True(TextLength.IsWithin("", 0));
        Assert.False(TextLength.IsWithin("a", 0));
        Assert.False(TextLength.IsWithin(new string('\ud800', 201), 200));
        Assert.True(TextLength.IsWithin(new string('\ud800', 200), 200));
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
