using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Attachments;

/// <summary>Why a file is not taken, or not given out.</summary>
public static class AttachmentRefusals
{
    public const string UnsupportedAttachmentCode = "UNSUPPORTED_ATTACHMENT";
    public const string InvalidAttachmentCode = "INVALID_ATTACHMENT";
    public const string AttachmentTooLargeCode = "ATTACHMENT_TOO_LARGE";
    public const string AttachmentQuotaExceededCode = "ATTACHMENT_QUOTA_EXCEEDED";
    public const string AttachmentNotFoundCode = "ATTACHMENT_NOT_FOUND";

    public static readonly Refusal UnsupportedAttachment = new(
        UnsupportedAttachmentCode,
        "The file is none of JPEG, PNG, WebP, GIF, Ogg Opus, MP3, M4A and WAV."
    );

    public static readonly Refusal InvalidAttachment = new(
        InvalidAttachmentCode,
        "The file is damaged, cut off, or not quite what it begins as."
    );

    public static readonly Refusal QuotaExceeded = new(
        AttachmentQuotaExceededCode,
        "There is no room for more files of yours: delete messages that have some."
    );

    public static readonly Refusal AttachmentNotFound = new(
        AttachmentNotFoundCode,
        "There is no such attachment here."
    );

    public static readonly Refusal NotYoursToSend = new(
        AttachmentNotFoundCode,
        "An attachment is not there, was not uploaded by you into this conversation, or is in a message already."
    );

    public static Refusal AttachmentTooLarge(long mostBytes) =>
        new(
            AttachmentTooLargeCode,
            "The file is too large.",
            Figures: new Dictionary<string, long> { ["maxBytes"] = mostBytes }
        );
}
