using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Wallets;

/// <summary>
/// What is said with the movements of one balance: sealed with the user's key as it is written down and passed on, opened as it is
/// shown. Amounts, sides and times need no key.
/// </summary>
internal sealed class BalanceWords(string userId, IErasableKeys keys)
{
    /// <summary>Not kept: whoever erases the user does not know of this activation.</summary>
    public ValueTask<SealingKey?> KeyAsync() => keys.OpenOfAsync(userId);

    public async Task<IReadOnlyList<(long Version, BalanceEvent Event)>> OpenAsync(
        Task<IReadOnlyList<(long Version, BalanceEvent Event)>> reading
    )
    {
        var events = await reading;
        if (!events.Any(static one => WordsOf(one.Event) is { } words && SealingKey.IsSealed(words)))
        {
            return events;
        }
        var key = await KeyAsync();
        return [.. events.Select(one => (one.Version, Open(one.Event, key)))];
    }

    /// <param name="key">Null once it is destroyed: then nothing is said.</param>
    public static TokensCredited Seal(TokensCredited credited, SealingKey? key) =>
        credited with
        {
            Reason = key?.SealWords(credited.Reason) ?? "",
        };

    /// <inheritdoc cref="Seal(TokensCredited, SealingKey?)"/>
    public static TokensDebited Seal(TokensDebited debited, SealingKey? key) =>
        debited with
        {
            Reason = key?.SealWords(debited.Reason) ?? "",
        };

    /// <inheritdoc cref="Seal(TokensCredited, SealingKey?)"/>
    public static TipSent Seal(TipSent tip, SealingKey? key) => tip with { Message = key?.SealWords(tip.Message) };

    private static string? WordsOf(BalanceEvent @event) =>
        @event switch
        {
            TokensCredited credited => credited.Reason,
            TokensDebited debited => debited.Reason,
            TipSent tip => tip.Message,
            TokensRefunded refunded => refunded.Reason,
            HoldSettled settled => settled.Reason,
            _ => null,
        };

    private static BalanceEvent Open(BalanceEvent @event, SealingKey? key) =>
        @event switch
        {
            TokensCredited credited => credited with { Reason = key.OpenWords(credited.Reason) ?? "" },
            TokensDebited debited => debited with { Reason = key.OpenWords(debited.Reason) ?? "" },
            TipSent tip => tip with { Message = key.OpenWords(tip.Message) },
            TokensRefunded refunded => refunded with { Reason = key.OpenWords(refunded.Reason) ?? "" },
            HoldSettled settled => settled with { Reason = key.OpenWords(settled.Reason) },
            _ => @event,
        };
}
