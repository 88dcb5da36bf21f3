using Actors.ApiHost.Ledger;

namespace Actors.ApiHost.Tests.Ledger;

[Trait("Spec", "WA-3")]
public sealed class SpreadsheetTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠A", "'＠A")]
    [InlineData("  =1", "  '=1")]
    [InlineData("\u00a0\u3000=1", "\u00a0\u3000'=1")]
    [InlineData("\t=1", "\t'=1")]
    [InlineData("\n=1", "\n'=1")]
    [InlineData("\r\n =1", "\r\n '=1")]
    [InlineData("a;=1;b", "a;'=1;b")]
    [InlineData("a; =1", "a; '=1")]
    [InlineData("a\t=1", "a\t'=1")]
    [InlineData("a\n=1", "a\n'=1")]
    [InlineData("a\u2028=1", "a\u2028'=1")]
    [InlineData("a,=1", "a,'=1")]
    [InlineData("a|@b", "a|'@b")]
    [InlineData("a\"=1", "a\"'=1")]
    public void What_could_be_a_formula_is_marked_as_a_text_wherever_a_cell_may_begin(string text, string marked) =>
        Assert.Equal(marked, SpreadsheetText.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("well-known, 1+1=2 a@b")]
    [InlineData("user/ana-maria")]
    [InlineData("I'm <3; \"quoted\"")]
    public void Everything_else_stays_as_it_is(string? text) => Assert.Equal(text, SpreadsheetText.Of(text));
}
