using Actors.GrainInterfaces.ContentPolicy;
using Actors.Grains.ContentPolicy;

namespace Actors.Grains.Tests.ContentPolicy;

[Trait("Spec", "MO-2")]
public sealed class ProhibitedContentTests
{
    private static readonly ProhibitedContent Some = Of("ass", "hell", "shill", "tonto", "coño", "ano", "god", "666");

    [Theory]
    [InlineData("What an ass.")]
    [InlineData("ASS")]
    [InlineData("áss âß")]
    [InlineData("ａｓｓ")]
    [InlineData("𝐚𝐬𝐬")]
    [InlineData("a\u200bs\u200ds")]
    [InlineData("a\u0336s\u0336s\u0336")]
    [InlineData("аѕѕ")]
    [InlineData("4ss, or @$$, or a55")]
    [InlineData("$$$ass$$$")]
    [InlineData("99ass1")]
    [InlineData("ass!!!")]
    [InlineData("assssss aaaass")]
    [InlineData("half-ass")]
    [InlineData("_ass_hole")]
    [InlineData("ass's")]
    [InlineData("#ass")]
    [InlineData("h3ll")]
    [InlineData("he11")]
    [InlineData("sh1ll and sh!ll and sh|ll")]
    [InlineData("¡TONTÓ!")]
    [InlineData("t0nt0")]
    [InlineData("CON\u0303O")]
    [InlineData("the 666")]
    public void A_prohibited_word_is_found_however_it_is_dressed(string text) => Assert.True(Some.IsIn(text), text);

    [Theory]
    [InlineData("class passport assess bass")]
    [InlineData("hello shell")]
    [InlineData("as hel")]
    [InlineData("good")]
    [InlineData("feliz año")]
    [InlineData("cono de helado")]
    [InlineData("tontos y atontado")]
    [InlineData("a s s")]
    [InlineData("It costs 455 tokens, 6666 or 1666")]
    [InlineData("@")]
    [InlineData("$ ! | 💛")]
    [InlineData("")]
    [InlineData(null)]
    public void What_only_looks_a_little_like_it_is_fine(string? text) => Assert.False(Some.IsIn(text), text);

    [Fact]
    public void A_word_that_was_entered_in_disguise_is_the_word() => Assert.True(Of("$h1LL").IsIn("shill"));

    [Fact]
    public void What_matches_is_told_with_its_place_in_the_text_as_typed()
    {
        var found = Of(["ass"], [@"call\s*me"]).Find("My 𝐚ss\u200b, CALL  mé ass");

        Assert.Equal(
            [
                new ContentMatch(ContentEntryKind.Word, "ass", 3, 5),
                new ContentMatch(ContentEntryKind.Word, "ass", 19, 3),
                new ContentMatch(ContentEntryKind.Pattern, @"call\s*me", 10, 8),
            ],
            found
        );
    }

    [Fact]
    public void No_more_places_are_told_than_anybody_reads()
    {
        var text = string.Join(' ', Enumerable.Repeat("ass", 500));

        Assert.Equal(ContentMatch.Most, Of(["ass"], ["s"]).Find(text).Count);
        Assert.Equal(ContentMatch.Most, Of([], ["s", "a"]).Find(text).Count);
    }

    [Theory]
    [InlineData(@"t\W*me/\w+", "see T . me/ana", true)]
    [InlineData(@"t\W*me/\w+", "time", false)]
    [InlineData(@"\b\d{3}[ -]?\d{4}\b", "call 555-1234", true)]
    [InlineData(@"\b\d{3}[ -]?\d{4}\b", "ｃａｌｌ ５５５ １２３４", true)]
    [InlineData("café", "un CAFÉ", true)]
    [InlineData("cafe", "un café", true)]
    [InlineData(@"f\W*u\W*n", "f.u.n", true)]
    public void A_pattern_sees_the_text_as_typed_and_as_it_reads(string pattern, string text, bool matches)
    {
        var prohibited = Of([], [pattern]);

        Assert.Equal(matches, prohibited.IsIn(text));
        Assert.Equal(matches, prohibited.Find(text).Count > 0);
    }

    [Fact]
    public void No_prohibited_word_is_found_inside_another_word()
    {
        var random = new Random(20);
        for (var round = 0; round < 5_000; round++)
        {
            var word = Letters(random, random.Next(2, 9));
            // A letter of another kind on either side, so that it is neither a repetition nor a look-alike.
            var before = random.Next(3) == 0 ? "" : Letters(random, random.Next(1, 5)) + "ñ";
            var after = random.Next(3) == 0 && before.Length > 0 ? "" : "ñ" + Letters(random, random.Next(1, 5));
            var text = $"one {before}{word}{after} two";

            Assert.False(Of(word).IsIn(text) && !Words(text).Contains(word), $"{word} in {text}");
            Assert.True(Of(word).IsIn($"one {Dressed(random, word)} two"), word);
        }
    }

    [Fact]
    public void The_time_for_a_text_grows_with_its_length_whatever_it_is_made_of()
    {
        const int Length = 64 * 1024;
        var prohibited = Of(
            [
                .. Enumerable
                    .Range(0, 1_000)
                    .Select(static at => "ass" + new string((char)('a' + (at % 26)), 1 + (at / 26))),
            ],
            [@"(a|as)+x", @"\bf\W*u\W*c\W*k\b", "a.{0,9}b.{0,9}c"]
        );
        string[] pieces =
        [
            "a",
            "as",
            "$",
            "1",
            "a1",
            "$1$a",
            "ﬃ",
            "a\u0301",
            "\u200b",
            "😀",
            "ass ",
            "1|1| ",
            "assz",
            "ñ",
        ];
        foreach (var piece in pieces)
        {
            var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
            var startedAt = TimeProvider.System.GetTimestamp();

            prohibited.IsIn(text);
            prohibited.Find(text);

            // Two milliseconds for what is linear; what is quadratic looks at four thousand million characters.
            Assert.InRange(TimeProvider.System.GetElapsedTime(startedAt), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        }
    }

    private static ProhibitedContent Of(params string[] words) => Of(words, []);

    private static ProhibitedContent Of(string[] words, string[] patterns) =>
        ProhibitedContent.Of(new ContentPolicyView(1, words, patterns));

    private static string Letters(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => (char)('a' + random.Next(26))));

    private static string[] Words(string text) => text.Split(' ', 'ñ');

    private static string Dressed(Random random, string word) =>
        string.Concat(
            word.Select(letter =>
                random.Next(6) switch
                {
                    0 => char.ToUpperInvariant(letter).ToString(),
                    1 => ((char)(letter - 'a' + 'ａ')).ToString(),
                    2 => letter + "\u200d",
                    3 => letter + "\u0301",
                    4 when letter == 'e' => "3",
                    4 when letter == 'o' => "0",
                    5 when letter == 's' => "$",
                    _ => letter.ToString(),
                }
            )
        );
}
