using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Texts;

namespace Actors.Grains.Ledger;

/// <summary>Words that go with a movement.</summary>
public static class MoneyText
{
    /// <summary>Null when it says nothing or too much.</summary>
    public static string? Reason(string? typed) => PlainText.Read(typed, LedgerRefusals.MaxReasonLength).Kept;

    /// <summary>Whether a repeated command says what was kept the first time.</summary>
    public static bool IsSame(string? kept, string? repeated) =>
        kept == repeated || (kept is not null && kept == WithLookAlikes(repeated));

    /// <summary>
    /// Older versions kept these characters as look-alikes. An idempotency key is good for a month, so an update may come
    /// between a command and its repetition.
    /// </summary>
    private static string? WithLookAlikes(string? text) =>
        text?.Replace('<', '‹').Replace('>', '›').Replace('"', '”').Replace('\'', '’').Replace('`', 'ˋ');
}
