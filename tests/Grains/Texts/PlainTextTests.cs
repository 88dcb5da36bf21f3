using System.Text;
using Actors.Grains.Texts;

namespace Actors.Grains.Tests.Texts;

[Trait("Spec", "MO-2")]
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Feeling great today! 😊", "Feeling great today! 😊")]
    [InlineData("I <3 you", "I ‹3 you")]
    [InlineData("I'm \"here\"", "I’m ”here”")]
    [InlineData("<b>bold</b> move", "bold move")]
    [InlineData("a<!-- hidden -->b", "ab")]
    [InlineData("5 > 3 & 2 < 4", "5 › 3 & 2 ‹ 4")]
    [InlineData("  trimmed  ", "trimmed")]
    [InlineData("<br>", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Readable_text_stays_and_markup_goes(string? typed, string? kept) =>
        Assert.Equal(kept, PlainText.From(typed));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<scr<script>ipt>alert(1)</scr</script>ipt>")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("&amp;lt;img src=x onerror=alert(1)&amp;gt;")]
    [InlineData("<img src=x onerror=alert(1)")]
    [InlineData("\"><svg/onload=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("<\0script>alert(1)</\0script>")]
    [InlineData("<!DOCTYPE html><html>")]
    [InlineData("&#60;iframe src=javascript:alert(1)&#x3e;")]
    public void Nothing_that_a_browser_could_run_or_break_out_with_survives(string typed)
    {
        var kept = PlainText.From(typed) ?? "";

        Assert.DoesNotContain(kept, static c => c is '<' or '>' or '"' or '\'' or '`' or '\0');
    }

    [Fact]
    public void Cleaning_clean_text_changes_nothing_for_any_input()
    {
        var random = new SeededText(20260301);
        for (var round = 0; round < 20_000; round++)
        {
            var once = PlainText.From(random.Next());
            Assert.Equal(once, PlainText.From(once));
            Assert.DoesNotContain(once ?? "", static c => c is '<' or '>' or '"' or '\'');
        }
    }

    /// <summary>Text made of the pieces that attacks are made of.</summary>
    private sealed class SeededText(int seed)
    {
        private static readonly string[] Pieces =
        [
            "<",
            ">",
            "&",
            "&lt;",
            "&gt;",
            "&amp;",
            "script",
            "/",
            "!--",
            "-->",
            "\"",
            "'",
            "a",
            " ",
            "&#60;",
            "&#x3c;",
            "=",
            "onload",
            "\0",
            "\u202e",
            "é",
            "😊",
            "\ud800",
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
