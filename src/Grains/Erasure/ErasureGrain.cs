using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Pets;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Erasure;

[GrainType("erasure")]
public sealed partial class ErasureGrain(IGrainContext context, DurableServices services, ILogger<ErasureGrain> logger)
    : EventSourcedGrain<PersonErasure, ErasureEvent>(context, services, Definition),
        IErasureGrain
{
    private const int ChangesAtOnce = 50;
    private const int MenusAtOnce = 10;

    private static readonly Actor Platform = new(ActorRole.System, "erasure");

    private static readonly Aggregate<PersonErasure, ErasureEvent> Definition = new()
    {
        Initial = PersonErasure.None,
        Evolve = ErasureRules.Evolve,
        NextDue = static erasure => erasure.Due,
        EventJson = ErasureJson.Default.ErasureEvent,
        StateJson = ErasureJson.Default.PersonErasure,
    };

    private IPersonGrain Person => GrainFactory.GetGrain<IPersonGrain>(Key);

    public async Task<Outcome<ErasureView>> Begin(Actor actor, PersonKind kind)
    {
        var known = await Person.Find();
        var tokens = await FindTokensAsync(kind);
        var decision = ErasureRules.Decide(Current, actor, kind, known, tokens, Now);
        if (decision.Value is not null)
        {
            // First of all: tokens that hosts remember would be let in.
            var revoked = await GrainFactory
                .GetGrain<IRevocationsGrain>(IRevocationsGrain.Key)
                .Revoke(new RevokeTokens(Platform, RevokedKind.Subject, Key, "Erased", RoleOf(kind)));
            if (revoked.Refusal is { } full)
            {
                return full;
            }
            tokens = await FindTokensAsync(kind);
            decision = ErasureRules.Decide(Current, actor, kind, known, tokens, Now);
        }
        return await Apply<ErasureBegun?, ErasureView>(decision, () => View());
    }

    public Task<Outcome<ErasureView>> Get() => Task.FromResult(View());

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        try
        {
            await GoOnAsync();
        }
        catch (Exception fault)
        {
            LogPutOff(logger, fault);
            await Commit(new ErasurePutOff(Now));
        }
    }

    /// <summary>Each part may be done again after a crash, and finds nothing then.</summary>
    private async Task GoOnAsync()
    {
        // Before the rest: from here on nothing new comes from the person.
        await Person.Erase();
        var isModel = Current.Kind == PersonKind.Model;
        if (isModel)
        {
            // Nobody buys from a model whom there is not.
            await GrainFactory.GetGrain<IModelProfileGrain>(Key).Erase();
            await GrainFactory.GetGrain<IPerformerGrain>(Key).Erase();
        }
        await GrainFactory.GetGrain<ICalendarFeedGrain>(Key).Revoke(Platform);
        if (await EraseConversationsAsync() || (isModel && await EraseMenusAsync()))
        {
            return;
        }
        await GrainFactory.GetGrain<IExportGrain>(Key).Erase();
        if (isModel)
        {
            await GrainFactory.GetGrain<IMoodGrain>(Key).Erase();
        }
        else
        {
            await GrainFactory.GetGrain<IPetsGrain>(Key).Erase();
            await GrainFactory.GetGrain<IUserProfileGrain>(Key).Erase();
        }
        await GrainFactory.GetGrain<IActivityGrain>(Key).Erase(Platform);
        await GrainFactory.GetGrain<INotificationInboxGrain>(Key).Erase();
        await Commit(Current.EndedAt is null ? new ErasureEnded(Now) : (ErasureEvent)new ErasureClosed(Now));
    }

    /// <summary>False when there are no more.</summary>
    private async Task<bool> EraseConversationsAsync()
    {
        var list = GrainFactory.GetGrain<IConversationListGrain>(Key);
        var changes = await list.Since(Current.UpTo, ChangesAtOnce);
        if (changes.Count == 0)
        {
            return false;
        }
        ConversationId[] conversations = [.. changes.Select(static one => one.Change.Conversation).Distinct()];
        foreach (var id in conversations)
        {
            await GrainFactory.GetGrain<IConversationGrain>(id.ToString()).Erase();
        }
        await Commit(new ConversationsErased(Now, changes[^1].Version, conversations.Length));
        return true;
    }

    /// <summary>Archived ones as well. False when there are no more.</summary>
    private async Task<bool> EraseMenusAsync()
    {
        var menus = await GrainFactory.GetGrain<IMenuShelfGrain>(Key).Since(Current.MenusUpTo, MenusAtOnce);
        if (menus.Count == 0)
        {
            return false;
        }
        // At once, since each may wait for a second until nobody uses its old prices.
        await Task.WhenAll(
            menus
                .Select(static one => one.MenuId)
                .Distinct()
                .Select(id => GrainFactory.GetGrain<IMenuGrain>(id).Erase())
        );
        await Commit(new MenusErased(Now, menus[^1].Version));
        return true;
    }

    private async Task<TokensLeft> FindTokensAsync(PersonKind kind)
    {
        if (kind == PersonKind.User)
        {
            var balance = await GrainFactory.GetGrain<IBalanceGrain>(Key).Get();
            return new TokensLeft(balance.Available.Count, balance.Held.Count);
        }
        var wallet = await GrainFactory.GetGrain<IWalletGrain>(Key).Get();
        var queue = await GrainFactory.GetGrain<IQueueGrain>(Key).View(null);
        return new TokensLeft(wallet.Tokens.Count, queue.Entries.Sum(static entry => entry.Tokens.Count));
    }

    private static ActorRole RoleOf(PersonKind kind) => kind == PersonKind.User ? ActorRole.User : ActorRole.Model;

    private Outcome<ErasureView> View()
    {
        var erasure = Durable;
        return erasure.BegunAt is { } begun
            ? new ErasureView(Key, begun, erasure.EndedAt, erasure.UpTo, erasure.Conversations, erasure.Kind)
            : ErasureRefusals.ErasureNotFound;
    }

    [LoggerMessage(LogLevel.Warning, "A part of an erasure did not succeed; it is tried again")]
    private static partial void LogPutOff(ILogger logger, Exception fault);
}
