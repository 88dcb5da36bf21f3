using Actors.GrainInterfaces.Bots;
using Actors.Grains.Durability;

namespace Actors.Grains.Bots;

[GrainType("telegram-chat")]
public sealed class TelegramChatGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<TelegramChat, TelegramChatEvent>(context, services, Definition),
        ITelegramChatGrain
{
    private static readonly Aggregate<TelegramChat, TelegramChatEvent> Definition = new()
    {
        Initial = TelegramChat.Unknown,
        Evolve = TelegramChat.Evolve,
        EventJson = BotJson.Default.TelegramChatEvent,
        StateJson = BotJson.Default.TelegramChat,
    };

    /// <summary>Whoever deals with an update for longer has died.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(1);

    private readonly Dictionary<long, DateTimeOffset> _begun = [];

    public ValueTask<TelegramTurn> Begin(long updateId)
    {
        var now = Now;
        if (Current.Handled.Contains(updateId))
        {
            return new(TelegramTurn.Done);
        }
        if (_begun.TryGetValue(updateId, out var since) && now - since < LongestTurn)
        {
            return new(TelegramTurn.Busy);
        }
        _begun[updateId] = now;
        return new(TelegramTurn.Mine);
    }

    public async Task End(long updateId)
    {
        await (Current.Handled.Contains(updateId) ? WhenDurable() : Commit(new TelegramUpdateHandled(Now, updateId)));
        _begun.Remove(updateId);
    }

    public ValueTask GiveUp(long updateId)
    {
        _begun.Remove(updateId);
        return default;
    }

    public Task Link(string personId) =>
        Current.PersonId == personId ? WhenDurable() : Commit(new TelegramChatLinked(Now, personId));

    public Task Unlink() => Current.PersonId is null ? WhenDurable() : Commit(new TelegramChatUnlinked(Now));

    public ValueTask<string?> Person() => new(Durable.PersonId);
}
