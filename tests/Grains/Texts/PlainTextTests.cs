using System.Diagnostics;
using System.Text;
using Actors.Grains.Texts;

namespace Actors.Grains.Tests.Texts;

[Trait("Spec", "MO-2")]
public sealed class PlainTextTests
{
    private const int Plenty = 1_000;

    [Theory]
    [InlineData("Feeling great today! 😊", "Feeling great today! 😊")]
    [InlineData("I <3 you", "I <3 you")]
    [InlineData("I'm \"here\" `now`", "I'm \"here\" `now`")]
    [InlineData("<b>bold</b> move", "<b>bold</b> move")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("&lt;b&gt; &amp; &#10;", "&lt;b&gt; &amp; &#10;")]
    [InlineData("two\nlines", "two\nlines")]
    [InlineData("  trimmed  ", "trimmed")]
    [InlineData("👩‍👩‍👧‍👦 e\u0301", "👩‍👩‍👧‍👦 e\u0301")]
    [InlineData("", null)]
    [InlineData(" \n ", null)]
    [InlineData("\u200B\u200D\uFEFF", null)]
    [InlineData(null, null)]
    public void Text_is_kept_as_it_was_typed(string? typed, string? kept) =>
        Assert.Equal(new PlainText(kept, IsTooLong: false), PlainText.Read(typed, Plenty));

    [Theory]
    [InlineData("a\0b\tc\u001b[31m", "abc[31m")]
    [InlineData("a\u202Eb\u2066c", "abc")]
    [InlineData("half\ud800 pair", "half pair")]
    [InlineData("\udc00\u0007", null)]
    public void What_cannot_be_seen_or_turns_the_text_around_is_left_out(string typed, string? kept) =>
        Assert.Equal(kept, PlainText.Read(typed, Plenty).Kept);

    [Fact]
    public void A_text_that_is_too_long_is_not_kept_at_all() =>
        Assert.Equal(new PlainText(null, IsTooLong: true), PlainText.Read(new string('a', 201), 200));

    /// <summary>Markup in markup took seconds once: every tag that was taken out could make another.</summary>
    [Fact]
    public void Even_the_longest_text_of_nested_markup_is_read_in_no_time()
    {
        var nested = new string('<', 4_000_000) + new string('>', 4_000_000);
        var started = Stopwatch.GetTimestamp();

        Assert.True(PlainText.Read(nested, 200).IsTooLong);
        Assert.Equal(nested, PlainText.Read(nested, nested.Length).Kept);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Reading_what_was_kept_changes_nothing_for_any_input()
    {
        var random = new SeededText(20260301);
        for (var round = 0; round < 20_000; round++)
        {
            var once = PlainText.Read(random.Next(), Plenty).Kept;
            Assert.Equal(once, PlainText.Read(once, Plenty).Kept);
        }
    }

    /// <summary>Text made of the pieces that attacks are made of.</summary>
    private sealed class SeededText(int seed)
    {
        private static readonly string[] Pieces =
        [
            "<",
            "&lt;",
            "script",
            "\"",
            "a",
            " ",
            "\n",
            "\0",
            "\u202e",
            "\u200d",
            "\u0301",
            "é",
            "😊",
            "\ud800",
            "\udc00",
        ];

        private uint _state = (uint)seed;

        public string Next()
        {
            var text = new StringBuilder();
            var count = NextNumber() % 12;
            for (var piece = 0; piece < count; piece++)
            {
                text.Append(Pieces[NextNumber() % Pieces.Length]);
            }
            return text.ToString();
        }

        private int NextNumber()
        {
            _state = (_state * 1664525) + 1013904223;
            return (int)(_state >> 8);
        }
    }
}
