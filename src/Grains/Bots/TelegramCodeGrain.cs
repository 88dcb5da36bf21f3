using Actors.GrainInterfaces.Bots;
using Actors.Grains.Durability;

namespace Actors.Grains.Bots;

[GrainType("telegram-code")]
public sealed class TelegramCodeGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<TelegramCode, TelegramCodeEvent>(context, services, Definition),
        ITelegramCodeGrain
{
    private static readonly Aggregate<TelegramCode, TelegramCodeEvent> Definition = new()
    {
        Initial = TelegramCode.None,
        Evolve = TelegramCode.Evolve,
        EventJson = BotJson.Default.TelegramCodeEvent,
        StateJson = BotJson.Default.TelegramCode,
    };

    public Task Issue(string personId, DateTimeOffset expiresAt) =>
        Commit(new TelegramCodeIssued(Now, personId, expiresAt));

    public async Task<string?> Redeem(string chatId)
    {
        var now = Now;
        await (Current.IsOpenAt(now) ? Commit(new TelegramCodeRedeemed(now, chatId)) : WhenDurable());
        return Durable is { PersonId: { } person } code && code.ChatId == chatId ? person : null;
    }
}
