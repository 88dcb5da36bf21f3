using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Wallets;

/// <summary>
/// What is said with the movements of one wallet: with the key of the user whose tokens they are or were, and for payouts with the
/// model's own.
/// </summary>
internal sealed class WalletWords(string modelId, IErasableKeys keys)
{
    public ValueTask<SealingKey?> KeyAsync() => keys.OpenOfAsync(modelId);

    public ValueTask<SealingKey?> KeyOfUserAsync(string userId) => keys.OpenOfAsync(userId);

    public async Task<IReadOnlyList<(long Version, WalletEvent Event)>> OpenAsync(
        Task<IReadOnlyList<(long Version, WalletEvent Event)>> reading
    )
    {
        var events = await reading;
        return await Task.WhenAll(events.Select(async one => (one.Version, await OpenAsync(one.Event))));
    }

    public async ValueTask<WalletEvent> OpenAsync(WalletEvent @event) =>
        @event switch
        {
            TokensEarned { Earning: { Note: { } note } earning } earned => earned with
            {
                Earning = earning with { Note = await keys.OpenWordsOfAsync(earning.UserId, note) },
            },
            RefundGranted granted => granted with
            {
                Reason = await keys.OpenWordsOfAsync(granted.UserId, granted.Reason) ?? "",
            },
            TipReturned returned => returned with
            {
                Reason = await keys.OpenWordsOfAsync(returned.UserId, returned.Reason) ?? "",
            },
            TokensPaidOut paid => paid with { Reason = await keys.OpenWordsOfAsync(modelId, paid.Reason) ?? "" },
            _ => @event,
        };

    /// <param name="key">Null once it is destroyed: then nothing is said.</param>
    public static WalletEvent Seal(WalletEvent @event, SealingKey? key) =>
        @event switch
        {
            RefundGranted granted => granted with { Reason = key?.SealWords(granted.Reason) ?? "" },
            TipReturned returned => returned with { Reason = key?.SealWords(returned.Reason) ?? "" },
            _ => @event,
        };

    /// <inheritdoc cref="Seal(WalletEvent, SealingKey?)"/>
    public static TokensPaidOut Seal(TokensPaidOut paid, SealingKey? key) =>
        paid with
        {
            Reason = key?.SealWords(paid.Reason) ?? "",
        };
}
