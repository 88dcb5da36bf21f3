using System.Text;
using Actors.Grains.Texts;

namespace Actors.Grains.Tests.Texts;

[Trait("Spec", "MO-2")]
public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("Hello", "hello")]
    [InlineData("ÁRBOL crème Ångström", "arbol creme angstrom")]
    [InlineData("a\u0301rbol", "arbol")]
    [InlineData("ｆｕｌｌ　ｗｉｄｔｈ！", "full\u3000width!")]
    [InlineData("𝐛𝐨𝐥𝐝 𝓼𝓬𝓻𝓲𝓹𝓽 𝕯𝖔𝖚𝖇𝖑𝖊 𝟗", "bold script double 9")]
    [InlineData("ⓒⓘⓡⓒⓛⓔ 🅂🅠🅤🅰️", "circle squa")]
    [InlineData("z\u200be\u200dr\u2060o\u00ad", "zero")]
    [InlineData("ﬁne Straße Æon", "fine strasse aeon")]
    [InlineData("раssроrt", "passport")]
    [InlineData("año AÑO an\u0303o", "año año año")]
    [InlineData("pingüino", "pinguino")]
    [InlineData("😀 ok 👍🏽", "😀 ok 👍🏽")]
    public void A_text_reads_in_small_plain_letters(string typed, string read) =>
        Assert.Equal(read, FoldedText.Of(typed).Read);

    [Fact]
    public void Each_character_knows_where_it_was_typed()
    {
        var folded = FoldedText.Of("x\u200b ﬁ e\u0301!");

        Assert.Equal("x fi e!", folded.Read);
        Assert.Equal([0, 2, 3, 3, 4, 5, 7, 8], Enumerable.Range(0, 8).Select(folded.StartOf));
        // Half of what one character stands for ends where that character does.
        Assert.Equal((4, 4), (folded.EndBefore(3), folded.EndBefore(4)));
    }

    [Fact]
    public void Without_cultures_the_framework_changes_no_letter_and_so_the_table_is_needed() =>
        Assert.Equal("ｆé", "ｆé".Normalize(NormalizationForm.FormKD));

    [Fact]
    public void Halves_of_characters_are_read_as_something() => Assert.NotEqual("", FoldedText.Of("\ud800").Read);
}
