using System.Text.Json.Serialization;

namespace Actors.Grains.Conversations;

/// <summary>What goes out by itself: a greeting, a reply, thanks for tips; and the wait for the user's answer to it.</summary>
/// <param name="Greeting">When it came to be owed.</param>
/// <param name="Thanks">For tips that were not thanked for yet.</param>
/// <param name="Unanswered">The newest automated message, while the user may still answer it.</param>
/// <param name="RepliedAt">When the newest automated reply went out, while the user has not written since.</param>
public sealed record Owed(
    DateTimeOffset? Greeting,
    OwedReply? Reply,
    OwedThanks? Thanks,
    UnansweredMessage? Unanswered,
    DateTimeOffset? RepliedAt = null
)
{
    /// <summary>Whoever answers an automated reply within this time was engaged by it.</summary>
    public static readonly TimeSpan EngagedWithin = TimeSpan.FromHours(1);

    /// <summary>Whoever answers within this time was reached.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromHours(24);

    public static readonly Owed Nothing = new(null, null, null, null);

    /// <summary>When something is to be done next; what was owed first is done first.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue
    {
        get
        {
            var due = Greeting;
            due = Earlier(due, Reply?.Due);
            due = Earlier(due, Thanks?.Due);
            return Earlier(due, Unanswered?.At + AnswerWithin);
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;
}

/// <param name="Since">The message that asks for it.</param>
/// <param name="IsPlanned">Whether the other side is known to answer automatically; else that is to be asked when it is due.</param>
/// <param name="Newest">The newest message that asks for it, when there are several.</param>
public sealed record OwedReply(long Since, DateTimeOffset Due, bool IsPlanned, long? Newest = null)
{
    /// <summary>Whether it is the same one: messages may have come, and the time may have moved.</summary>
    public bool IsStill(OwedReply? other) => other?.Since == Since;
}

/// <summary>Tips that come in a row are thanked for together, so that a busy model does not spend her wallet's time on words.</summary>
/// <param name="Tokens">Of all of them.</param>
public sealed record OwedThanks(long Tokens, DateTimeOffset Due)
{
    public static readonly TimeSpan Gathered = TimeSpan.FromSeconds(2);
}

public sealed record UnansweredMessage(TemplateUse Use, DateTimeOffset At);
