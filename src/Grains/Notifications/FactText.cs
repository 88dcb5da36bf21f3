using System.Collections.Frozen;
using System.Globalization;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Texts;

namespace Actors.Grains.Notifications;

/// <summary>How a fact reads. What people typed is left as it is.</summary>
public static class FactText
{
    private const string State = "state";

    private static readonly FrozenDictionary<string, Func<NotificationFacts, object?>> Facts = new Dictionary<
        string,
        Func<NotificationFacts, object?>
    >
    {
        ["tokens"] = static facts => facts.Tokens,
        ["count"] = static facts => facts.Count,
        ["percent"] = static facts => (long?)facts.Percent,
        ["item"] = static facts => facts.Item,
        ["person"] = static facts => facts.Person,
        [State] = static facts => facts.State,
        ["reason"] = static facts => facts.Reason,
        ["note"] = static facts => facts.Note,
        ["until"] = static facts => facts.Until,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> SpanishStates = new Dictionary<string, string>
    {
        ["positive"] = "positivo",
        ["negative"] = "negativo",
        ["neutral"] = "neutral",
        // How messages sound.
        ["angry"] = "enojados",
        ["sad"] = "tristes",
        ["anxious"] = "ansiosos",
    }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> Names => Facts.Keys;

    /// <summary>A number, a moment or a text; null when it is not given.</summary>
    public static object? ValueOf(NotificationFacts facts, string name) => Facts[name](facts);

    /// <summary>Nothing when it is not given.</summary>
    public static string Of(NotificationFacts facts, string name, Reader reader) =>
        ValueOf(facts, name) switch
        {
            long number => number.ToString(CultureInfo.InvariantCulture),
            DateTimeOffset moment => Of(moment, reader),
            string state when name == State && reader.Language == Languages.Spanish => SpanishStates.GetValueOrDefault(
                state,
                state
            ),
            string text => text,
            _ => "",
        };

    private static string Of(DateTimeOffset moment, Reader reader)
    {
        var (time, date) = MomentText.Of(moment, reader.TimeZone, reader.Language);
        return $"{date}, {time}";
    }
}
