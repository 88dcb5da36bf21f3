using Actors.Grains.Sealing;

namespace Actors.Grains.Tests.Sealing;

[Trait("Spec", "AC-2")]
public sealed class SealingKeyTests
{
    private readonly SealingKey _key = KeyOf(1);

    [Theory]
    [InlineData("")]
    [InlineData("Hello")]
    [InlineData("zwölf 👩‍👩‍👧 \0\n")]
    public void A_text_comes_back_as_it_was(string text) =>
        Assert.Equal(text, _key.Open(_key.Seal(text, "message 17"), "message 17"));

    [Fact]
    public void The_same_text_in_the_same_place_gives_the_same_result_and_any_other_another()
    {
        var sealedText = _key.Seal("Hello", "message 17");

        Assert.Equal(sealedText, KeyOf(1).Seal("Hello", "message 17"));
        Assert.NotEqual(sealedText, _key.Seal("Hello!", "message 17"));
        Assert.NotEqual(sealedText, _key.Seal("Hello", "message 18"));
        Assert.NotEqual(sealedText, KeyOf(2).Seal("Hello", "message 17"));
        // What a place ends with is not what the text begins with.
        Assert.NotEqual(NonceOf(_key.Seal("7", "message 1")), NonceOf(_key.Seal("", "message 17")));
    }

    [Fact]
    public void What_was_sealed_by_an_earlier_version_still_opens() =>
        Assert.Equal("Hello", _key.Open("1.RKU4OlfYq1-j_c-f1YqNkQNUchM3REaK9StRwnTx4uhs", "message 17"));

    [Fact]
    public void It_opens_nowhere_else_and_with_no_other_key()
    {
        var sealedText = _key.Seal("Hello", "message 17");

        Assert.Null(_key.Open(sealedText, "message 18"));
        Assert.Null(_key.Open(sealedText, ""));
        Assert.Null(KeyOf(2).Open(sealedText, "message 17"));
    }

    [Fact]
    public void Whatever_is_changed_or_cut_off_it_does_not_open()
    {
        var sealedText = _key.Seal("Hello", "message 17");
        for (var at = 0; at < sealedText.Length; at++)
        {
            Assert.Null(_key.Open(sealedText[..at], "message 17"));
            foreach (var other in "AQgw_-=2 é")
            {
                if (sealedText[at] != other)
                {
                    Assert.Null(_key.Open(sealedText[..at] + other + sealedText[(at + 1)..], "message 17"));
                }
                Assert.Null(_key.Open(sealedText[..at] + other + sealedText[at..], "message 17"));
            }
        }
        Assert.Null(_key.Open(sealedText + "=", "message 17"));
        Assert.Null(_key.Open(sealedText + " ", "message 17"));
    }

    [Fact]
    public void A_derived_key_is_the_same_for_the_same_purpose_only()
    {
        Assert.Equal(32, _key.DeriveKey("files").Length);
        Assert.Equal(_key.DeriveKey("files"), KeyOf(1).DeriveKey("files"));
        Assert.NotEqual(_key.DeriveKey("files"), _key.DeriveKey("files 2"));
        Assert.NotEqual(_key.DeriveKey("files"), KeyOf(2).DeriveKey("files"));
    }

    [Fact]
    public void A_text_that_would_not_come_back_as_it_was_is_refused() =>
        Assert.Throws<System.Text.EncoderFallbackException>(() => _key.Seal("\ud800", "message 17"));

    [Fact]
    public void Any_number_of_callers_may_use_one_key_at_once() =>
        Parallel.For(
            0,
            2_000,
            number => Assert.Equal($"{number}", _key.Open(_key.Seal($"{number}", "place"), "place"))
        );

    private static SealingKey KeyOf(byte value)
    {
        var bytes = new byte[SealingKey.Bytes];
        Array.Fill(bytes, value);
        return new(bytes);
    }

    private static string NonceOf(string sealedText) => sealedText[..18];
}
