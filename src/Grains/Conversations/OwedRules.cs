using Actors.GrainInterfaces.Conversations;

namespace Actors.Grains.Conversations;

/// <summary>What a message brings about that nobody types, and what it settles. Pure.</summary>
public static class OwedRules
{
    public static Owed After(Owed owed, MessageSent sent) =>
        sent.Auto is { } auto ? AfterAutomated(owed, sent, auto)
        : sent.Sender == MessageSender.User ? AfterUser(owed, sent)
        : sent.Sender == MessageSender.System ? owed
        // She speaks for herself; and whoever speaks for a pet has answered.
        : owed with { Greeting = null, Reply = null };

    /// <summary>What the user's answer to an automated message says of the template; null when it comes too late.</summary>
    public static TemplateUse? Answered(Owed owed, DateTimeOffset now) =>
        owed.Unanswered is { } sent && now < sent.At + Owed.AnswerWithin ? sent.Use : null;

    /// <summary>When the automated reply went out that the user answers now; null when there is none, or it is too late.</summary>
    public static DateTimeOffset? AnsweredReply(Owed owed, DateTimeOffset now) =>
        owed.RepliedAt is { } at && now < at + Owed.EngagedWithin ? at : null;

    /// <summary>The automated message that has had no answer for too long, if any.</summary>
    public static AutomatedUnanswered? DecideUnanswered(Owed owed, DateTimeOffset now) =>
        owed.Unanswered is { } sent && now >= sent.At + Owed.AnswerWithin ? new(now, sent.Use) : null;

    /// <summary>When a reply that the model wants to be given goes out: her delay after the message that asks for it.</summary>
    public static ReplyPlanned Plan(OwedReply reply, int delaySeconds, DateTimeOffset now) =>
        new(now, reply.Due + TimeSpan.FromSeconds(delaySeconds));

    public static Owed After(Owed owed, TipReceived tip) =>
        owed with
        {
            Thanks = owed.Thanks is { } waiting
                ? waiting with
                {
                    Tokens = waiting.Tokens + tip.Tokens,
                }
                : new OwedThanks(tip.Tokens, tip.At + OwedThanks.Gathered),
        };

    /// <summary>Tips may have come while the words were looked for.</summary>
    private static OwedThanks? Rest(OwedThanks waiting, long thanked, DateTimeOffset now) =>
        waiting.Tokens == thanked ? null : new OwedThanks(waiting.Tokens - thanked, now + OwedThanks.Gathered);

    /// <summary>What the owner wrote while the words were looked for has not been answered.</summary>
    private static OwedReply? Rest(OwedReply? waiting, MessageSent reply) =>
        waiting?.Newest is { } newest && newest > reply.ReplyTo
            ? new OwedReply(newest, reply.At, IsPlanned: false)
            : null;

    private static Owed AfterUser(Owed owed, MessageSent sent) =>
        owed with
        {
            Greeting = sent.OwesGreeting == true ? sent.At : owed.Greeting,
            Reply =
                sent.OwesReply != true ? owed.Reply
                : owed.Reply is { } waiting ? waiting with { Newest = sent.Number }
                : new OwedReply(sent.Number, sent.At, IsPlanned: false),
            Unanswered = null,
            RepliedAt = null,
        };

    private static Owed AfterAutomated(Owed owed, MessageSent sent, AutomatedMessage auto)
    {
        var settled = auto.Kind switch
        {
            AutomatedKind.Greeting => owed with { Greeting = null },
            AutomatedKind.TipThankYou => owed with { Thanks = Rest(owed.Thanks!, auto.Tokens!.Value, sent.At) },
            AutomatedKind.PetReply => owed with { Reply = Rest(owed.Reply, sent) },
            _ => owed with { Reply = null, RepliedAt = sent.At },
        };
        return auto.Use is { } use ? settled with { Unanswered = new UnansweredMessage(use, sent.At) } : settled;
    }
}
