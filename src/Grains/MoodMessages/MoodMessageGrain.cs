using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;
using Actors.Grains.MoodMessages.Detection;
using Actors.Grains.Sealing;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.MoodMessages;

[GrainType("mood-message")]
public sealed partial class MoodMessageGrain : EventSourcedGrain<MoodMessage, MoodMessageEvent>, IMoodMessageGrain
{
    private static readonly Aggregate<MoodMessage, MoodMessageEvent> Definition = new()
    {
        Initial = MoodMessage.None,
        Evolve = MoodMessageRules.Evolve,
        NextDue = static message => message.Due,
        EventJson = MoodMessageJson.Default.MoodMessageEvent,
        StateJson = MoodMessageJson.Default.MoodMessage,
    };

    private readonly IErasableKeys _keys;
    private readonly MoodMessageWriter _writer;
    private readonly ILogger<MoodMessageGrain> _logger;

    public MoodMessageGrain(
        IGrainContext context,
        DurableServices services,
        IErasableKeys keys,
        PolicyInForce policy,
        IMoodDetector detector,
        ILogger<MoodMessageGrain> logger
    )
        : base(context, services, Definition)
    {
        (_keys, _logger) = (keys, logger);
        _writer = new MoodMessageWriter(() => GrainFactory, keys, policy, detector);
    }

    public async Task<Outcome<MoodMessageView>> Send(SendMoodMessage command)
    {
        if (Current.Created is null)
        {
            var draft = await _writer.WriteAsync(command, Key);
            if (draft.Refusal is not null)
            {
                return draft.Refusal;
            }
            // Meanwhile the same may have come a second time.
            if (Current.Created is null)
            {
                await Commit(MoodMessageRules.Decide(command, draft.Value!, Now));
                return await ViewAsync(Created(), Actor.System);
            }
        }
        var text = await _writer.SealAsync(command, Key);
        await WhenDurable();
        // A repetition gets what the first one got, whatever has come of it since.
        return MoodMessageRules.IsRepeated(Durable.Created!, command, text)
            ? await ViewAsync(Created(), Actor.System)
            : LedgerRefusals.IdempotencyKeyReused;
    }

    public async Task<Outcome<MoodMessageView>> Find(Actor reader) =>
        MoodMessageRules.MayFind(Durable, reader)
            ? await ViewAsync(Durable, reader)
            : MoodMessageRefusals.MoodMessageNotFound;

    public async Task<Outcome<MoodMessageView>> MarkRead(Actor reader)
    {
        var decision = MoodMessageRules.DecideRead(Current, reader, Now);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        await (decision.Value is { } read ? Commit(read) : WhenDurable());
        return await ViewAsync(Durable, reader);
    }

    public async Task<Outcome<MoodMessageView>> TakeBack(Actor by)
    {
        var decision = MoodMessageRules.DecideTakingBack(Current, by, Now);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        await (decision.Value is { } taken ? Commit(taken) : WhenDurable());
        return await ViewAsync(Durable, by);
    }

    public async Task<MoodMessageView?> Show() =>
        MoodMessageRules.IsShown(Durable) && await ViewAsync(Durable, Actor.System) is { Content: not null } view
            ? view
            : null;

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        if (Current.Created is not { } created)
        {
            return;
        }
        var attempt = await TryDeliverAsync(created, now);
        var retryAfter = DeliverySchedule.After(Current.Attempts + 1, Key);
        await Commit([.. MoodMessageRules.DecideAttempt(Current, attempt, retryAfter, Now)]);
    }

    protected override IReadOnlyList<Effect> EffectsOf(MoodMessageEvent @event, long version) =>
        MoodMessageEffects.Of(Key, @event);

    /// <summary>The conversation knows the message by its id: tried again after an answer that got lost, it is there once.</summary>
    private async Task<DeliveryAttempt> TryDeliverAsync(MoodMessageCreated created, DateTimeOffset now)
    {
        if (created.Facts.Conversation is not { } id)
        {
            return new DeliveryAttempt(now, HasArrived: true);
        }
        try
        {
            if (await OpenAsync(created) is not { } text)
            {
                return new DeliveryAttempt(now, false, Refused: ConversationRefusals.ConversationNotFoundCode);
            }
            var command = new SendMessage(SenderOf(created.Facts.Sender), text, Key: $"mood-message:{Key}");
            var sent = await GrainFactory.GetGrain<IConversationGrain>(id.ToString()).Send(command);
            return sent.Refusal is { } refusal
                ? new DeliveryAttempt(now, false, Refused: refusal.Code)
                : new DeliveryAttempt(now, true, sent.Value!.Id.Number);
        }
        catch (Exception fault)
        {
            LogNotDelivered(_logger, fault, Key);
            return new DeliveryAttempt(now, HasArrived: false);
        }
    }

    private MoodMessage Created() => MoodMessageRules.Evolve(MoodMessage.None, Durable.Created!);

    private async Task<MoodMessageView> ViewAsync(MoodMessage message, Actor reader)
    {
        var created = message.Created!;
        var content = MoodMessageRules.MayRead(message, reader) ? await OpenAsync(created) : null;
        return MoodMessageRules.View(message, Key, content);
    }

    /// <summary>Null once the conversation, or the model who has said it to everybody, was erased.</summary>
    private async Task<string?> OpenAsync(MoodMessageCreated created)
    {
        var name = MoodMessageText.KeyNameOf(created.Facts.Conversation, created.Facts.ModelId);
        return MoodMessageText.Open(await _keys.OpenAsync(name), created.Text, Key);
    }

    private static MessageSender SenderOf(MoodMessageSender sender) =>
        sender switch
        {
            MoodMessageSender.User => MessageSender.User,
            MoodMessageSender.Model => MessageSender.Model,
            _ => MessageSender.System,
        };

    [LoggerMessage(LogLevel.Warning, "The mood message {Id} was not delivered; it is tried again")]
    private static partial void LogNotDelivered(ILogger logger, Exception fault, string id);
}
