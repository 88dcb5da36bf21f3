using System.Text.RegularExpressions;
using Actors.ApiHost.Bots;

namespace Actors.Contract.Tests.Bots;

[Trait("Spec", "BO-11")]
public sealed partial class BotTextsTests
{
    private static readonly BotTexts English = BotTexts.In("en");
    private static readonly BotTexts Spanish = BotTexts.In("es");

    [Fact]
    public void Both_languages_say_the_same_things()
    {
        Assert.Equal(
            English.Texts.Keys.Order(StringComparer.Ordinal),
            Spanish.Texts.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(English.Texts.Values.Concat(Spanish.Texts.Values), static text => Assert.NotEqual("", text.Trim()));
        Assert.NotSame(English, Spanish);
        Assert.Same(English, BotTexts.In("fr"));
    }

    [Fact]
    public void Both_languages_have_the_same_placeholders_in_every_text()
    {
        foreach (var (key, text) in English.Texts)
        {
            Assert.Equal((key, Placeholders(text)), (key, Placeholders(Spanish.Texts[key])));
        }
    }

    [Fact]
    public void Every_text_that_the_code_names_is_there()
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(TestKit.SourceTree.Root, "src", "ApiHost", "Bots"), "*.cs")
            .Select(File.ReadAllText);
        var named = sources
            .SelectMany(static source => Key().Matches(source))
            .Select(static match => match.Value.Trim('"'));

        Assert.Equal([], named.Distinct().Where(static key => !English.Has(key)));
    }

    private static string Placeholders(string text) =>
        string.Join(' ', Placeholder().Matches(text).Select(static match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(
        """
            "(menu|button|upgrade|performers?|days|times|rules|pay|paying|booking|bookings|join|cancel|error|price|telegram|moment)\.[a-z_.]+"
            """
    )]
    private static partial Regex Key();
}
