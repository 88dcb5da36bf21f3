using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Pets;
using Actors.GrainInterfaces.Templates;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.Activity;
using Actors.Grains.Durability;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Conversations;

/// <summary>
/// Whom an event of a conversation concerns: the lists of the two sides, the admins, the templates and the analytics, the user's
/// activity, and apps.
/// </summary>
internal static class ConversationEffects
{
    private static readonly BulkRoute<IConversationListGrain, ConversationChange> Lists = new(
        static (list, changes) => list.Receive(changes)
    );

    private static readonly BulkRoute<IMoodFeedGrain, AutomatedReply> Replies = new(
        static (feed, replies) => feed.CountReplies(replies)
    );

    private static readonly BulkRoute<IEscalationGrain, UserWrote> Listeners = new(
        static (listener, messages) => listener.Receive(messages)
    );

    private const string Chatted = "chat";

    public static IReadOnlyList<Effect> Of(ConversationId id, ConversationEvent @event, long version) =>
        @event.Told == true
            ? [.. Within(id, @event), WebhookEffects.Tell(id.ToString(), ConversationNews.Of(id, @event, version))]
            : Within(id, @event);

    private static Effect[] Within(ConversationId id, ConversationEvent @event) =>
        @event switch
        {
            MessageSent sent => [.. ToBoth(id, Sent(id, sent)), .. Besides(id, sent)],
            MessageEdited edited => ToBoth(
                id,
                Change(id, edited, ConversationChangeKind.Edited, edited.By, [edited.Number])
            ),
            MessageDeleted { Dropped: { } dropped } deleted =>
            [
                .. ToBoth(id, Deleted(id, deleted)),
                ToUploads(id, dropped.Sender, (uploads, delivery) => uploads.Drop(delivery, dropped.Ids)),
            ],
            MessageDeleted deleted => ToBoth(id, Deleted(id, deleted)),
            MessagesRead read => ToBoth(id, Change(id, read, ConversationChangeKind.Read, read.By, read.Numbers)),
            HistoryCleared cleared =>
            [
                ToSide(id, cleared.By, Change(id, cleared, ConversationChangeKind.Cleared, cleared.By, [])),
            ],
            ConversationReported reported => [ToAdmins(id, reported)],
            ConversationErased => ToUploadsOfBoth(id),
            AutomatedUnanswered unanswered => [ToTemplate(unanswered.Use, success: false)],
            _ => [],
        };

    private static IEnumerable<Effect> Besides(ConversationId id, MessageSent sent)
    {
        if (sent.Answers is { } use)
        {
            yield return ToTemplate(use, success: true);
        }
        if (sent.IsToHear == true || sent.Distress?.Alarm is not null)
        {
            yield return ToListener(id, sent);
        }
        if (sent.IsActivity == true)
        {
            yield return ActivityEffects.To(id.UserId, ActivityOf(id));
        }
        if (sent.Files is { } files)
        {
            yield return ToUploads(
                id,
                ConversationFold.SideOf(sent.Sender),
                (uploads, delivery) => uploads.Keep(delivery, [.. files.Select(static file => file.Id)])
            );
        }
        if (id.Kind == PeerKind.Pet && sent.Metadata?.XpGained is > 0 and var xp)
        {
            yield return ToPet(id, xp);
        }
        if (sent.Auto?.Kind == AutomatedKind.AutoResponse)
        {
            yield return ToAnalytics(id, sent.At, answered: false);
        }
        if (sent.AnswersReplyOf is { } repliedAt)
        {
            yield return ToAnalytics(id, repliedAt, answered: true);
        }
    }

    private static Effect ToAnalytics(ConversationId id, DateTimeOffset sentAt, bool answered) =>
        Replies.To(Shards.Of(id.PeerId), new AutomatedReply(id.PeerId, sentAt, answered));

    /// <summary>With whom, and nothing of what was said.</summary>
    private static ActivityEntry ActivityOf(ConversationId id) =>
        id.Kind == PeerKind.Pet
            ? new ActivityEntry(ActivityCategory.Pet, Chatted, PetId: id.PeerId)
            : new ActivityEntry(
                ActivityCategory.Social,
                Chatted,
                Details: JsonSerializer.Serialize(new ChatDetails(id.PeerId), ChatJson.Default.ChatDetails)
            );

    private static ConversationChange Sent(ConversationId id, MessageSent sent) =>
        Change(id, sent, ConversationChangeKind.Sent, ConversationFold.SideOf(sent.Sender), [sent.Number]);

    private static ConversationChange Deleted(ConversationId id, MessageDeleted deleted) =>
        Change(id, deleted, ConversationChangeKind.Deleted, deleted.By, [deleted.Number]);

    private static ConversationChange Change(
        ConversationId id,
        ConversationEvent @event,
        ConversationChangeKind kind,
        Side by,
        IReadOnlyList<long> numbers
    ) => new(id, kind, by, numbers, @event.At);

    /// <summary>A pet keeps no list.</summary>
    private static Effect[] ToBoth(ConversationId id, ConversationChange change) =>
        id.Kind == PeerKind.Pet
            ? [ToSide(id, Side.User, change)]
            : [ToSide(id, Side.User, change), ToSide(id, Side.Peer, change)];

    /// <summary>The number and not the text: nobody else keeps that.</summary>
    private static Effect ToListener(ConversationId id, MessageSent sent) =>
        Listeners.To(id.ToString(), new UserWrote(sent.Number, sent.At, sent.Distress?.Alarm));

    private static Effect ToSide(ConversationId id, Side side, ConversationChange change) =>
        Lists.To(side == Side.User ? id.UserId : id.PeerId, change);

    private static Effect ToAdmins(ConversationId id, ConversationReported reported)
    {
        var report = new ConversationReport(
            id,
            reported.Report,
            reported.By,
            reported.Number,
            reported.Reason,
            reported.At
        );
        return Effect.To<IConversationReportsGrain>(
            IConversationReportsGrain.OnlyKey,
            (reports, delivery) => reports.Receive(delivery, report)
        );
    }

    private static Effect ToPet(ConversationId id, int xp)
    {
        var gain = new PetXpGain(id.PeerId, xp);
        return Effect.To<IPetsGrain>(id.UserId, (pets, delivery) => pets.Receive(delivery, gain));
    }

    private static Effect[] ToUploadsOfBoth(ConversationId id)
    {
        Side[] senders = id.Kind == PeerKind.Pet ? [Side.User] : [Side.User, Side.Peer];
        return [.. senders.Select(side => ToUploads(id, side, (uploads, delivery) => uploads.DropAll(delivery, id)))];
    }

    private static Effect ToUploads(ConversationId id, Side side, Func<IUploadsGrain, Delivery, Task> tell) =>
        Effect.To(side == Side.User ? id.UserId : id.PeerId, tell);

    // Counts are statistics: one that is told twice after a crash is counted twice.
    private static Effect ToTemplate(TemplateUse use, bool success) =>
        Effect.To<ITemplateUsageGrain>(use.TemplateId, (usage, _) => usage.CountOutcome(use.Variant, success));
}

internal sealed record ChatDetails(string ModelId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChatDetails))]
internal sealed partial class ChatJson : JsonSerializerContext;
