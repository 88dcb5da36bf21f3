using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Moods;

public static class MoodRefusals
{
    public const string InvalidMoodStateCode = "INVALID_MOOD_STATE";
    public const string InvalidCustomMessageCode = "INVALID_CUSTOM_MESSAGE";
    public const string InvalidResponseDelayCode = "INVALID_RESPONSE_DELAY";
    public const string InvalidExpiresAtCode = "INVALID_EXPIRES_AT";
    public const string ReasonRequiredCode = "REASON_REQUIRED";
    public const string RateLimitExceededCode = "RATE_LIMIT_EXCEEDED";

    public static readonly Refusal InvalidMoodState = new(
        InvalidMoodStateCode,
        "moodState is one of neutral, positive, negative."
    );

    public static readonly Refusal InvalidCustomMessage = new(
        InvalidCustomMessageCode,
        "customMessage has at most 200 characters."
    );

    public static readonly Refusal ProhibitedCustomMessage = new(
        InvalidCustomMessageCode,
        "customMessage has content that is not allowed."
    );

    public static readonly Refusal InvalidResponseDelay = new(
        InvalidResponseDelayCode,
        "responseDelay is a whole number of seconds from 0 to 300."
    );

    public static readonly Refusal InvalidExpiresAt = new(
        InvalidExpiresAtCode,
        "expiresAt is an ISO 8601 time in the future, or null."
    );

    public static readonly Refusal ReasonRequired = new(
        ReasonRequiredCode,
        "An override needs a reason of 1 to 500 characters."
    );

    public static Refusal RateLimitExceeded(int changesPerHour, DateTimeOffset resetTime) =>
        new(RateLimitExceededCode, $"Maximum {changesPerHour} mood changes per hour exceeded", resetTime);
}
