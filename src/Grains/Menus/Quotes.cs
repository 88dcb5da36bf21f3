using System.Collections.Concurrent;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Menus;

/// <summary>
/// Quotes that this silo may use again without asking the menu: for as long as the menu has said, which makes its changes
/// wait until then. So most purchases are decided where the buyer is.
/// </summary>
public sealed class Quotes(TimeProvider time)
{
    private const int MostKept = 20_000;

    private readonly ConcurrentDictionary<(string MenuId, string ItemId), Kept> _kept = new();

    /// <summary>What the item costs any user now; null when the menu has to be asked.</summary>
    public Outcome<ItemQuote>? Find(string menuId, string itemId) =>
        _kept.TryGetValue((menuId, itemId), out var kept) && time.GetTimestamp() < kept.Until ? kept.Quote : null;

    /// <summary>To be taken before the menu is asked: its promise cannot begin earlier.</summary>
    public long Stamp() => time.GetTimestamp();

    /// <param name="askedAt">The <see cref="Stamp"/> from before the menu was asked.</param>
    public void Keep(Outcome<ItemQuote> quote, long askedAt)
    {
        if (quote.Value is not { } leased || leased.GoodFor <= TimeSpan.Zero)
        {
            return;
        }
        if (_kept.Count >= MostKept)
        {
            // What is in use comes back with its next purchase.
            _kept.Clear();
        }
        var until = askedAt + (long)(leased.GoodFor.TotalSeconds * time.TimestampFrequency);
        _kept[(leased.MenuId, leased.ItemId)] = new Kept(quote, until);
    }

    private readonly record struct Kept(Outcome<ItemQuote> Quote, long Until);
}
