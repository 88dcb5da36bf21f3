using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Pets;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Erasure;

[GrainType("erasure")]
public sealed partial class ErasureGrain(IGrainContext context, DurableServices services, ILogger<ErasureGrain> logger)
    : EventSourcedGrain<UserErasure, ErasureEvent>(context, services, Definition),
        IErasureGrain
{
    private const int ChangesAtOnce = 50;

    private static readonly Actor Platform = new(ActorRole.System, "erasure");

    private static readonly Aggregate<UserErasure, ErasureEvent> Definition = new()
    {
        Initial = UserErasure.None,
        Evolve = ErasureRules.Evolve,
        NextDue = static erasure => erasure.Due,
        EventJson = ErasureJson.Default.ErasureEvent,
        StateJson = ErasureJson.Default.UserErasure,
    };

    private IPersonGrain Person => GrainFactory.GetGrain<IPersonGrain>(Key);

    public async Task<Outcome<ErasureView>> Begin(Actor actor)
    {
        var person = await Person.Find();
        var balance = await GrainFactory.GetGrain<IBalanceGrain>(Key).Get();
        var decision = ErasureRules.Decide(Current, actor, person, balance, Now);
        if (decision.Value is not null)
        {
            // First of all: tokens that hosts remember would be let in.
            var revoked = await GrainFactory
                .GetGrain<IRevocationsGrain>(IRevocationsGrain.Key)
                .Revoke(new RevokeTokens(Platform, RevokedKind.Subject, Key, "Erased", ActorRole.User));
            if (revoked.Refusal is { } full)
            {
                return full;
            }
            balance = await GrainFactory.GetGrain<IBalanceGrain>(Key).Get();
            decision = ErasureRules.Decide(Current, actor, person, balance, Now);
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
        // Before the rest: from here on nothing new comes from the user.
        await Person.Erase();
        var list = GrainFactory.GetGrain<IConversationListGrain>(Key);
        var changes = await list.Since(Current.UpTo, ChangesAtOnce);
        if (changes.Count > 0)
        {
            ConversationId[] conversations = [.. changes.Select(static one => one.Change.Conversation).Distinct()];
            foreach (var id in conversations)
            {
                await GrainFactory.GetGrain<IConversationGrain>(id.ToString()).Erase();
            }
            await Commit(new ConversationsErased(Now, changes[^1].Version, conversations.Length));
            return;
        }
        await GrainFactory.GetGrain<IExportGrain>(Key).Erase();
        await GrainFactory.GetGrain<IPetsGrain>(Key).Erase();
        await GrainFactory.GetGrain<IUserProfileGrain>(Key).Erase();
        await GrainFactory.GetGrain<IActivityGrain>(Key).Erase(Platform);
        await GrainFactory.GetGrain<INotificationInboxGrain>(Key).Erase();
        await Commit(Current.EndedAt is null ? new ErasureEnded(Now) : (ErasureEvent)new ErasureClosed(Now));
    }

    private Outcome<ErasureView> View()
    {
        var erasure = Durable;
        return erasure.BegunAt is { } begun
            ? new ErasureView(Key, begun, erasure.EndedAt, erasure.UpTo, erasure.Conversations)
            : ErasureRefusals.ErasureNotFound;
    }

    [LoggerMessage(LogLevel.Warning, "A part of an erasure did not succeed; it is tried again")]
    private static partial void LogPutOff(ILogger logger, Exception fault);
}
