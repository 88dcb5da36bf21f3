using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.MoodMessages;

public static class MoodMessageRefusals
{
    public const string MoodMessageNotFoundCode = "MOOD_MESSAGE_NOT_FOUND";
    public const string InvalidMoodMessageCode = "INVALID_MOOD_MESSAGE";
    public const string InvalidMoodMessageQueryCode = "INVALID_MOOD_MESSAGE_QUERY";

    /// <summary>Why a delivery has failed that was tried as often as it is; never answered to a request.</summary>
    public const string Unreachable = "UNREACHABLE";

    public static readonly Refusal MoodMessageNotFound = new(
        MoodMessageNotFoundCode,
        "There is no such mood message among yours."
    );

    public static readonly Refusal InvalidType = new(
        InvalidMoodMessageCode,
        "message_type is private_custom, or public_micro from a model; escalation_auto is the system's own."
    );

    public static readonly Refusal InvalidAddressee = new(
        InvalidMoodMessageCode,
        "A user names model_id; a model names user_id for private_custom, and nobody for public_micro."
    );

    public static readonly Refusal InvalidContent = new(
        InvalidMoodMessageCode,
        $"content has 1 to 2000 characters, 1 to {IMoodMessageGrain.MaxMicroLength} for public_micro."
    );

    public static readonly Refusal InvalidTemplate = new(
        InvalidMoodMessageCode,
        "A user sends content; a model sends content or template_id, one of the two."
    );

    public static readonly Refusal ProhibitedContent = new(
        InvalidMoodMessageCode,
        "content says something that is not allowed here."
    );

    public static readonly Refusal InvalidQuery = new(
        InvalidMoodMessageQueryCode,
        "message_type and detected_mood are of the names there are; offset is at most 1000, and cursor what a page before "
            + "answered as next, without an offset."
    );

    public static readonly Refusal NotForYou = new(
        CommonRefusals.ForbiddenCode,
        "Only whom a mood message is for marks it as read."
    );

    public static readonly Refusal NotPublic = new(
        CommonRefusals.ForbiddenCode,
        "Only what was said to everybody is taken back here; what is private is deleted in its conversation."
    );

    public static readonly Refusal InvalidFeedQuery = new(
        InvalidMoodMessageQueryCode,
        "limit is 1 to 100, and cursor what a page before answered as next."
    );

    public static readonly Refusal InvalidDateRange = new(
        CommonRefusals.InvalidDateRangeCode,
        $"from and to are days (yyyy-MM-dd), from not after to, at most {IMoodMessageAnalyticsGrain.KeptDays} days."
    );
}
