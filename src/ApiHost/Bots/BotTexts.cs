using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace Actors.ApiHost.Bots;

/// <summary>What bots say in one language, from the resource files beside it.</summary>
internal sealed class BotTexts
{
    public const string English = "en";
    public const string Spanish = "es";

    private static readonly FrozenDictionary<string, BotTexts> ByLanguage = new[]
    {
        English,
        Spanish,
    }.ToFrozenDictionary(static language => language, static language => new BotTexts(language));

    private BotTexts(string language)
    {
        Language = language;
        using var file = typeof(BotTexts).Assembly.GetManifestResourceStream($"Bots.Texts.{language}.json")!;
        Texts = JsonSerializer.Deserialize(file, BotJson.Default.DictionaryStringString)!.ToFrozenDictionary();
    }

    public string Language { get; }

    public FrozenDictionary<string, string> Texts { get; }

    /// <summary>English for a language that is not there.</summary>
    public static BotTexts In(string? language) =>
        ByLanguage.TryGetValue(language ?? English, out var texts) ? texts : ByLanguage[English];

    public bool Has(string key) => Texts.ContainsKey(key);

    public string Say(string key, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        var text = Texts[key];
        foreach (var (name, value) in facts)
        {
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }
        return text;
    }

    public string Day(LocalDate date) =>
        Say(
            "moment.day",
            ("weekday", Say(Invariant($"weekday.{(int)date.DayOfWeek}"))),
            ("day", Invariant($"{date.Day}")),
            ("month", Say(Invariant($"month.{date.Month}"))),
            ("year", Invariant($"{date.Year}"))
        );

    public string Moment(LocalDateTime moment) => Say("moment.time", ("day", Day(moment.Date)), ("time", Time(moment)));

    public static string Time(LocalDateTime moment) => Invariant($"{moment.Hour:D2}:{moment.Minute:D2}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
