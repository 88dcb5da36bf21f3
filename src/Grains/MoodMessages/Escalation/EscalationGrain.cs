using System.Collections.Immutable;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.Durability;
using Actors.Grains.MoodMessages.Detection;

namespace Actors.Grains.MoodMessages.Escalation;

[GrainType("escalation")]
public sealed class EscalationGrain(
    IGrainContext context,
    DurableServices services,
    IMoodDetector detector,
    EscalationOptions options
) : EventSourcedGrain<EscalationState, EscalationEvent>(context, services, Definition), IEscalationGrain
{
    private static readonly Aggregate<EscalationState, EscalationEvent> Definition = new()
    {
        Initial = EscalationState.Empty,
        Evolve = EscalationRules.Evolve,
        NextDue = static state => state.Since,
        EventJson = EscalationJson.Default.EscalationEvent,
        StateJson = EscalationJson.Default.EscalationState,
    };

    private readonly ConversationId _id = ConversationId.Parse(context.GrainId.Key.ToString()!);

    public Task Receive(IReadOnlyList<Delivered<UserWrote>> messages) =>
        CommitOnce(
            messages,
            message =>
                message.Alarm is { } alarm
                    ? EscalationRules.Decide(Current, message, alarm, Now)
                    : new MessageToHear(message.At, message.Number)
        );

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        var waiting = Current.ToHear;
        if (waiting.IsEmpty)
        {
            return;
        }
        await Commit(new MessagesHeard(Now, await HearAsync(waiting)));
        if (EscalationRules.Decide(Current, options, Now) is { } escalated)
        {
            await Commit(escalated);
        }
    }

    protected override IReadOnlyList<Effect> EffectsOf(EscalationEvent @event, long version) =>
        EscalationEffects.Of(_id, @event);

    /// <summary>What was deleted or erased meanwhile is not listened to.</summary>
    private async Task<ImmutableArray<HeardMessage>> HearAsync(ImmutableArray<long> numbers)
    {
        var conversation = GrainFactory.GetGrain<IConversationGrain>(_id.ToString());
        var found = (await conversation.Find(Side.Peer, numbers)).ToDictionary(static one => one.Id.Number);
        return
        [
            .. await Task.WhenAll(
                numbers.Select(async number =>
                {
                    var text = found.GetValueOrDefault(number)?.Content;
                    var mood = text is null ? DetectedMood.Unknown : await detector.DetectAsync(text);
                    return new HeardMessage(number, mood.Mood, mood.Confidence);
                })
            ),
        ];
    }
}
