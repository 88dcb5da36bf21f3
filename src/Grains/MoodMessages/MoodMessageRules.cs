using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Texts;

namespace Actors.Grains.MoodMessages;

/// <summary>Everything that is decided about one mood message. Pure: knows no grain, no clock, no storage.</summary>
public static class MoodMessageRules
{
    /// <summary>What is for everybody waits for nobody's membership.</summary>
    private const int PublicPriority = 10;

    /// <summary>Who may send what to whom, as far as the command itself tells.</summary>
    public static Refusal? Refuse(SendMoodMessage command)
    {
        var isPublic = command.Type == MoodMessageType.PublicMicro;
        var isTypeOfSender = command.Sender switch
        {
            MoodMessageSender.User => command.Type == MoodMessageType.PrivateCustom,
            MoodMessageSender.Model => command.Type is MoodMessageType.PrivateCustom or MoodMessageType.PublicMicro,
            _ => command.Type == MoodMessageType.EscalationAuto,
        };
        var mayUseTemplate = command.Sender == MoodMessageSender.Model;
        return !isTypeOfSender ? MoodMessageRefusals.InvalidType
            : isPublic != command.UserId is null ? MoodMessageRefusals.InvalidAddressee
            : command.TemplateId is not null && (!mayUseTemplate || command.Content is not null)
                ? MoodMessageRefusals.InvalidTemplate
            : null;
    }

    /// <param name="text">What is to be said, read as what its type allows.</param>
    public static Refusal? RefuseContent(PlainText text, ProhibitedContent prohibited) =>
        text.Kept is not { } kept ? MoodMessageRefusals.InvalidContent
        : prohibited.IsIn(kept) ? MoodMessageRefusals.ProhibitedContent
        : null;

    public static MoodMessageCreated Decide(SendMoodMessage command, MoodMessageDraft draft, DateTimeOffset now)
    {
        var (priority, wait) = RouteOf(draft.Tier);
        var facts = new MoodMessageFacts(
            command.Type,
            command.Sender,
            command.ModelId.Value,
            command.UserId?.Value,
            draft.Mood.Mood,
            draft.Tier,
            now
        );
        return new MoodMessageCreated(
            now,
            facts,
            draft.Text,
            command.TemplateId,
            draft.Mood.Confidence,
            priority,
            now + wait
        );
    }

    /// <summary>Whether a command under the id of a message asks for that message, and not for another one.</summary>
    /// <param name="text">What the command says, sealed; null for what is none. What a template or the system says differs from time to time.</param>
    public static bool IsRepeated(MoodMessageCreated created, SendMoodMessage command, string? text)
    {
        var facts = created.Facts;
        return (facts.Kind, facts.Sender, facts.ModelId, facts.UserId, created.TemplateId)
                == (command.Type, command.Sender, command.ModelId.Value, command.UserId?.Value, command.TemplateId)
            && (command.TemplateId is not null || command.Sender == MoodMessageSender.System || created.Text == text);
    }

    /// <summary>How soon it goes out, and before which others, by the user's membership; null for the public.</summary>
    public static (int Priority, TimeSpan Wait) RouteOf(Membership? tier) =>
        tier switch
        {
            null => (PublicPriority, TimeSpan.Zero),
            Membership.Vip => (10, TimeSpan.Zero),
            Membership.Premium => (8, TimeSpan.FromSeconds(1)),
            Membership.Basic => (5, TimeSpan.FromSeconds(5)),
            _ => (3, TimeSpan.FromSeconds(30)),
        };

    /// <summary>What a try to deliver has come to.</summary>
    /// <param name="retryAfter">How long after this try the next one comes; null when there is none.</param>
    public static IReadOnlyList<MoodMessageEvent> DecideAttempt(
        MoodMessage message,
        DeliveryAttempt attempt,
        TimeSpan? retryAfter,
        DateTimeOffset now
    )
    {
        if (message is not { Created.Facts: { } facts, Due: not null })
        {
            return [];
        }
        MoodMessageEvent end = attempt switch
        {
            { HasArrived: true } => new MoodMessageDelivered(now, facts, attempt.Number),
            { Refused: { } code } => new MoodMessageFailed(now, facts, code),
            _ when retryAfter is { } wait => new MoodMessageRetried(now, facts, message.Attempts + 1, now + wait),
            _ => new MoodMessageFailed(now, facts, MoodMessageRefusals.Unreachable),
        };
        return message.SentAt is null ? [new MoodMessageSent(attempt.BeganAt, facts), end] : [end];
    }

    /// <summary>Null when it is read already.</summary>
    public static Outcome<MoodMessageEvent?> DecideRead(MoodMessage message, Actor reader, DateTimeOffset now)
    {
        if (!MayFind(message, reader))
        {
            return MoodMessageRefusals.MoodMessageNotFound;
        }
        var facts = message.Created!.Facts;
        return message.Number is not { } number || facts.ReaderId != reader.Id ? MoodMessageRefusals.NotForYou
            : message.ReadAt is not null ? (MoodMessageEvent?)null
            : new MoodMessageRead(now, facts, number);
    }

    /// <summary>Null when it is taken back already.</summary>
    public static Outcome<MoodMessageEvent?> DecideTakingBack(MoodMessage message, Actor by, DateTimeOffset now)
    {
        if (!MayFind(message, by))
        {
            return MoodMessageRefusals.MoodMessageNotFound;
        }
        var facts = message.Created!.Facts;
        return facts.UserId is not null ? MoodMessageRefusals.NotPublic
            // It goes out at once: who asks before that asks again.
            : message.DeliveredAt is null ? MoodMessageRefusals.MoodMessageNotFound
            : message.TakenBackAt is not null ? (MoodMessageEvent?)null
            : new MoodMessageTakenBack(now, facts, by);
    }

    /// <summary>Whether everybody may see it.</summary>
    public static bool IsShown(MoodMessage message) =>
        message is { Created.Facts.UserId: null, DeliveredAt: not null, TakenBackAt: null };

    /// <summary>Admins, its sender, and whom it has reached.</summary>
    public static bool MayFind(MoodMessage message, Actor reader) =>
        message.Created is { Facts: var facts }
        && reader.Role switch
        {
            ActorRole.Admin or ActorRole.System => true,
            ActorRole.User => facts.UserId == reader.Id
                && (facts.Sender == MoodMessageSender.User || message.DeliveredAt is not null),
            ActorRole.Model => facts.ModelId == reader.Id
                && (facts.Sender == MoodMessageSender.Model || message.DeliveredAt is not null),
            _ => false,
        };

    /// <summary>Admins see how a private message stands, and not what it says.</summary>
    public static bool MayRead(MoodMessage message, Actor reader) =>
        message.TakenBackAt is null && (message.Created!.Facts.UserId is null || reader.Role is not ActorRole.Admin);

    public static MoodMessage Evolve(MoodMessage message, MoodMessageEvent @event) =>
        @event switch
        {
            MoodMessageCreated created => MoodMessage.None with { Created = created, Due = created.Due },
            MoodMessageSent sent => message with { SentAt = sent.At },
            MoodMessageRetried retried => message with { Attempts = retried.Attempt, Due = retried.Due },
            MoodMessageDelivered delivered => message with
            {
                DeliveredAt = delivered.At,
                Number = delivered.Number,
                Due = null,
            },
            MoodMessageFailed failed => message with
            {
                FailedAt = failed.At,
                FailureReason = failed.Reason,
                Due = null,
            },
            MoodMessageRead read => message with { ReadAt = read.At },
            MoodMessageTakenBack taken => message with { TakenBackAt = taken.At },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static MoodMessageView View(MoodMessage message, string id, string? content)
    {
        var (created, facts) = (message.Created!, message.Created!.Facts);
        return new MoodMessageView(
            id,
            facts.Kind,
            facts.Sender,
            facts.UserId,
            facts.ModelId,
            new DetectedMood(facts.Mood, created.Confidence),
            created.TemplateId,
            content,
            facts.Tier,
            created.Priority,
            message.Status,
            created.At,
            created.Due,
            message.SentAt,
            message.DeliveredAt,
            message.ReadAt,
            message.FailedAt,
            message.TakenBackAt,
            message.Attempts,
            message.FailureReason,
            facts.Conversation
        );
    }
}

/// <summary>What a new message needs to know that its sender does not say.</summary>
/// <param name="Text">Sealed, unless it is public.</param>
/// <param name="Tier">The user's; null for the public.</param>
public sealed record MoodMessageDraft(string Text, Membership? Tier, DetectedMood Mood);

/// <summary>What one try to deliver has come to.</summary>
/// <param name="Refused">The code of a refusal for good.</param>
public sealed record DeliveryAttempt(
    DateTimeOffset BeganAt,
    bool HasArrived,
    long? Number = null,
    string? Refused = null
);
