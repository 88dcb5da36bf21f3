using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Texts;

namespace Actors.Grains.Ledger;

/// <summary>Words that go with a movement.</summary>
public static class MoneyText
{
    /// <summary>Null when it says nothing or too much.</summary>
    public static string? Reason(string? typed) =>
        typed?.Length <= LedgerRefusals.MaxReasonLength ? PlainText.From(typed) : null;

    public static string? Optional(string? typed) => PlainText.From(typed);
}
