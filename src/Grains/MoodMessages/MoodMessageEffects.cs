using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Durability;
using Actors.Grains.Notifications;

namespace Actors.Grains.MoodMessages;

/// <summary>Whom an event of a mood message concerns: the counts, the boxes of the two, the inbox of whom it has reached.</summary>
internal static class MoodMessageEffects
{
    private static readonly BulkRoute<IMoodMessageBoxGrain, MoodMessageChange> Boxes = new(
        static (box, changes) => box.Receive(changes)
    );

    private static readonly BulkRoute<IMoodMessageCountsGrain, MoodMessageCount> Counts = new(
        static (counts, changes) => counts.Receive(changes)
    );

    public static IReadOnlyList<Effect> Of(string id, MoodMessageEvent @event) =>
        @event switch
        {
            MoodMessageCreated created =>
            [
                Count(id, created.Facts, null, MoodMessageStatus.Pending),
                .. ToSender(id, created, MoodMessageStatus.Pending, isNew: true),
            ],
            MoodMessageSent sent => [Count(id, sent.Facts, MoodMessageStatus.Pending, MoodMessageStatus.Sent)],
            MoodMessageDelivered delivered =>
            [
                Count(id, delivered.Facts, MoodMessageStatus.Sent, MoodMessageStatus.Delivered),
                .. ToSender(id, delivered, MoodMessageStatus.Delivered, isNew: false),
                .. ToReader(id, delivered, MoodMessageStatus.Delivered, isNew: true),
                .. Reached(id, delivered),
            ],
            MoodMessageFailed failed =>
            [
                Count(id, failed.Facts, MoodMessageStatus.Sent, MoodMessageStatus.Failed),
                .. ToSender(id, failed, MoodMessageStatus.Failed, isNew: false),
            ],
            MoodMessageRead read =>
            [
                Count(id, read.Facts, MoodMessageStatus.Delivered, MoodMessageStatus.Read),
                .. ToSender(id, read, MoodMessageStatus.Read, isNew: false),
                .. ToReader(id, read, MoodMessageStatus.Read, isNew: false),
                ReadThere(read),
            ],
            MoodMessageTakenBack taken =>
            [
                .. ToSender(id, taken, MoodMessageStatus.Delivered, isNew: false),
                ToFeed(id, taken, isTakenBack: true),
            ],
            _ => [],
        };

    /// <summary>Nobody waits for what the system has sent; the model is told what was said in her name.</summary>
    private static Effect[] ToSender(string id, MoodMessageEvent @event, MoodMessageStatus status, bool isNew) =>
        @event.Facts switch
        {
            { Sender: MoodMessageSender.User, UserId: { } user } => [ToBox(user, id, @event, status, isNew)],
            { Sender: MoodMessageSender.Model, ModelId: var model } => [ToBox(model, id, @event, status, isNew)],
            { ModelId: var model } when @event is MoodMessageDelivered =>
            [
                ToBox(model, id, @event, status, isNew: true),
            ],
            { ModelId: var model } when @event is MoodMessageRead => [ToBox(model, id, @event, status, isNew)],
            _ => [],
        };

    private static Effect[] ToReader(string id, MoodMessageEvent @event, MoodMessageStatus status, bool isNew) =>
        @event.Facts.ReaderId is { } reader ? [ToBox(reader, id, @event, status, isNew)] : [];

    private static Effect ToBox(
        string person,
        string id,
        MoodMessageEvent @event,
        MoodMessageStatus status,
        bool isNew
    ) => Boxes.To(person, new MoodMessageChange(id, @event.Facts.Kind, @event.Facts.Mood, status, isNew, @event.At));

    private static Effect Count(string id, MoodMessageFacts facts, MoodMessageStatus? from, MoodMessageStatus to) =>
        Counts.To(Shards.Of(id), new MoodMessageCount(facts.CreatedAt, facts.Kind, facts.Mood, facts.Tier, from, to));

    private static Effect[] Reached(string id, MoodMessageDelivered delivered)
    {
        var facts = delivered.Facts;
        return facts switch
        {
            { ReaderId: { } reader, Kind: MoodMessageType.PrivateCustom } =>
            [
                NotificationEffects.Tell(
                    reader,
                    NotificationKinds.MoodMessage.Told(
                        delivered.At,
                        new NotificationFacts(
                            Person: facts.Sender == MoodMessageSender.User ? facts.UserId : facts.ModelId
                        )
                    )
                ),
            ],
            { Kind: MoodMessageType.EscalationAuto, UserId: { } user } =>
            [
                NotificationEffects.Tell(
                    user,
                    NotificationKinds.MoodMessageOfSystem.Told(
                        delivered.At,
                        new NotificationFacts(Person: facts.ModelId)
                    )
                ),
            ],
            { UserId: null } => [ToFeed(id, delivered, isTakenBack: false)],
            _ => [],
        };
    }

    private static Effect ToFeed(string id, MoodMessageEvent @event, bool isTakenBack)
    {
        var change = new ModelFeedChange(id, isTakenBack, @event.At);
        return Effect.To<IModelFeedGrain>(@event.Facts.ModelId, (feed, delivery) => feed.Receive(delivery, change));
    }

    /// <summary>What was read here is read in the conversation as well, where the other side sees it.</summary>
    private static Effect ReadThere(MoodMessageRead read)
    {
        var command = new MarkMessagesRead(read.Facts.Reader, [read.Number]);
        return Effect.To<IConversationGrain>(
            read.Facts.Conversation!.Value.ToString(),
            (conversation, _) => conversation.MarkRead(command)
        );
    }
}
