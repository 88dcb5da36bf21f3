using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Errors;

/// <summary>Refusals that belong to HTTP itself and to no feature.</summary>
public static class HttpRefusals
{
    public const string InvalidRequestCode = "INVALID_REQUEST";
    public const string InvalidPageCode = "INVALID_PAGE";
    public const string NotFoundCode = "NOT_FOUND";
    public const string MethodNotAllowedCode = "METHOD_NOT_ALLOWED";
    public const string BodyTooLargeCode = "BODY_TOO_LARGE";
    public const string TlsRequiredCode = "TLS_REQUIRED";
    public const string UnsupportedMediaTypeCode = "UNSUPPORTED_MEDIA_TYPE";
    public const string RangeNotSatisfiableCode = "RANGE_NOT_SATISFIABLE";
    public const string RequestTimeoutCode = "REQUEST_TIMEOUT";
    public const string BusyCode = "BUSY";
    public const string UnavailableCode = "UNAVAILABLE";
    public const string StorageFullCode = "STORAGE_FULL";
    public const string StorageDamagedCode = "STORAGE_DAMAGED";
    public const string OutcomeUnknownCode = "OUTCOME_UNKNOWN";
    public const string SystemErrorCode = "SYSTEM_ERROR";

    public static readonly Refusal NotFound = new(NotFoundCode, "There is nothing at this address.");

    public static readonly Refusal MethodNotAllowed = new(
        MethodNotAllowedCode,
        "This address does not answer to this method; the header Allow lists those it does."
    );

    public static readonly Refusal BodyTooLarge = new(BodyTooLargeCode, "The body is too large.");

    public static readonly Refusal TlsRequired = new(
        TlsRequiredCode,
        "Come over https. A token that was sent without it may have been read on its way."
    );

    public static readonly Refusal UnsupportedMediaType = new(
        UnsupportedMediaTypeCode,
        "Send the body with Content-Type application/json, in UTF-8."
    );

    public static readonly Refusal RequestTimeout = new(RequestTimeoutCode, "The body arrived too slowly.");

    public static readonly Refusal InvalidPage = new(
        InvalidPageCode,
        "limit is a whole number from 1 to 100, offset one from 0 to 2147483647."
    );

    public static readonly Refusal Busy = new(BusyCode, "Too much is waiting already; nothing was done. Try again.");

    public static readonly Refusal Unavailable = new(
        UnavailableCode,
        "This cannot be answered right now; nothing was done. Try again."
    );

    public static readonly Refusal StorageFull = new(
        StorageFullCode,
        "There is no room to write this down, so it was not done. Reads are answered; send the same request again later."
    );

    public static readonly Refusal StorageDamaged = new(
        StorageDamagedCode,
        "What is stored of this is damaged and cannot be read. Asking again does not help; the operators see it."
    );

    public static readonly Refusal OutcomeUnknown = new(
        OutcomeUnknownCode,
        "Whether this was done is not known yet. Read, or send the same request again."
    );

    public static readonly Refusal SystemError = new(
        SystemErrorCode,
        "Something failed here; nothing is known to be done."
    );

    public static readonly Refusal RangeNotSatisfiable = new(
        RangeNotSatisfiableCode,
        "The file has no such range; the header Content-Range says how long it is."
    );

    public static Refusal InvalidRequest(string message) => new(InvalidRequestCode, message);
}
