using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Durability;

namespace Actors.Grains.Conversations;

/// <summary>Whom an event of a conversation concerns: the lists of the two sides, the admins, and the templates.</summary>
internal static class ConversationEffects
{
    private static readonly BulkRoute<IConversationListGrain, ConversationChange> Lists = new(
        static (list, changes) => list.Receive(changes)
    );

    private static readonly BulkRoute<IEscalationGrain, UserWrote> Listeners = new(
        static (listener, messages) => listener.Receive(messages)
    );

    public static IReadOnlyList<Effect> Of(ConversationId id, ConversationEvent @event) =>
        @event switch
        {
            MessageSent sent =>
            [
                .. ToBoth(id, Sent(id, sent)),
                .. sent.Answers is { } use ? [ToTemplate(use, success: true)] : (Effect[])[],
                .. sent.IsToHear == true ? [ToListener(id, sent)] : (Effect[])[],
            ],
            MessageEdited edited => ToBoth(
                id,
                Change(id, edited, ConversationChangeKind.Edited, edited.By, [edited.Number])
            ),
            MessageDeleted deleted => ToBoth(
                id,
                Change(id, deleted, ConversationChangeKind.Deleted, deleted.By, [deleted.Number])
            ),
            MessagesRead read => ToBoth(id, Change(id, read, ConversationChangeKind.Read, read.By, read.Numbers)),
            HistoryCleared cleared =>
            [
                ToSide(id, cleared.By, Change(id, cleared, ConversationChangeKind.Cleared, cleared.By, [])),
            ],
            ConversationReported reported => [ToAdmins(id, reported)],
            AutomatedUnanswered unanswered => [ToTemplate(unanswered.Use, success: false)],
            _ => [],
        };

    private static ConversationChange Sent(ConversationId id, MessageSent sent) =>
        Change(id, sent, ConversationChangeKind.Sent, ConversationFold.SideOf(sent.Sender), [sent.Number]);

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
        Listeners.To(id.ToString(), new UserWrote(sent.Number, sent.At));

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

    // Counts are statistics: one that is told twice after a crash is counted twice.
    private static Effect ToTemplate(TemplateUse use, bool success) =>
        Effect.To<ITemplateUsageGrain>(use.TemplateId, (usage, _) => usage.CountOutcome(use.Variant, success));
}
