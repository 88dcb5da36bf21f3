using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Performers;

public static class PerformerRefusals
{
    public const string PerformerNotFoundCode = "PERFORMER_NOT_FOUND";
    public const string PerformerRemovedCode = "PERFORMER_REMOVED";
    public const string CalendarNotFoundCode = "CALENDAR_NOT_FOUND";
    public const string NotAvailableCode = "NOT_AVAILABLE";
    public const string InvalidPerformerIdCode = "INVALID_PERFORMER_ID";
    public const string InvalidTimeZoneCode = "INVALID_TIME_ZONE";
    public const string InvalidHoursCode = "INVALID_HOURS";
    public const string InvalidExceptionsCode = "INVALID_EXCEPTIONS";
    public const string InvalidCallTypeCode = "INVALID_CALL_TYPE";
    public const string InvalidDurationCode = "INVALID_DURATION";
    public const string InvalidPriceCode = "INVALID_PRICE";
    public const string InvalidBufferCode = "INVALID_BUFFER";
    public const string InvalidPerformerStatusCode = "INVALID_PERFORMER_STATUS";
    public const string InvalidNoticeCode = "INVALID_NOTICE";
    public const string InvalidHorizonCode = "INVALID_HORIZON";
    public const string InvalidPolicyCode = "INVALID_CANCELLATION_POLICY";

    public static readonly Refusal PerformerNotFound = new(PerformerNotFoundCode, "There is no such performer.");

    public static readonly Refusal PerformerRemoved = new(
        PerformerRemovedCode,
        "This performer was removed and stays inactive; what was booked stays on record."
    );

    public static readonly Refusal CalendarNotFound = new(
        CalendarNotFoundCode,
        "There is no calendar at this address, or it was revoked."
    );

    public static readonly Refusal NotAvailable = new(NotAvailableCode, "This time is not free; choose another one.");

    public static readonly Refusal InvalidPerformerId = new(
        InvalidPerformerIdCode,
        "performerId is 1 to 64 of A–Z, a–z, 0–9, _ and -."
    );

    public static readonly Refusal InvalidTimeZone = new(
        InvalidTimeZoneCode,
        "timeZone is an IANA name such as Europe/Madrid."
    );

    public static readonly Refusal InvalidHours = new(
        InvalidHoursCode,
        "Hours have from and to as HH:mm, from before to, to at most 24:00; at most 12 on a day, and none overlap."
    );

    public static readonly Refusal InvalidExceptions = new(
        InvalidExceptionsCode,
        $"exceptions are at most {PerformerLimits.MaxExceptions} different dates such as 2026-12-24, each with its hours; none means closed."
    );

    public static readonly Refusal InvalidCallType = new(
        InvalidCallTypeCode,
        "A call is video or audio, of the types that the performer offers."
    );

    public static readonly Refusal InvalidDuration = new(
        InvalidDurationCode,
        $"Durations are 1 to {PerformerLimits.MaxDurations} different numbers of minutes from {PerformerLimits.ShortestCall} to {PerformerLimits.LongestCall}, none above maxDuration; a call has one of those that the performer offers."
    );

    public static readonly Refusal InvalidPrice = new(
        InvalidPriceCode,
        "A price is a whole number of tokens, or a currency and an amount in its smallest unit, from 1 to 1000000000000; prices name offered durations, each once."
    );

    public static readonly Refusal InvalidBuffer = new(
        InvalidBufferCode,
        $"bufferBefore and bufferAfter are 0 to {PerformerLimits.LongestBuffer} minutes."
    );

    public static readonly Refusal InvalidPerformerStatus = new(
        InvalidPerformerStatusCode,
        "status is active, paused or inactive."
    );

    public static readonly Refusal InvalidNotice = new(
        InvalidNoticeCode,
        $"noticeMinutes is 0 to {PerformerLimits.LongestNoticeMinutes}."
    );

    public static readonly Refusal InvalidHorizon = new(
        InvalidHorizonCode,
        $"horizonDays is 1 to {PerformerLimits.LongestHorizonDays}."
    );

    public static readonly Refusal InvalidPolicy = new(
        InvalidPolicyCode,
        $"policy has fullRefundHours from 0 to {PerformerLimits.LongestCutoffHours}, and earlyPercent and latePercent from 0 to 100, late not above early."
    );
}
