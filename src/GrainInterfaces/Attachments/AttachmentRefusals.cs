using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Attachments;

/// <summary>Why a file is not taken.</summary>
public static class AttachmentRefusals
{
    public const string UnsupportedAttachmentCode = "UNSUPPORTED_ATTACHMENT";
    public const string InvalidAttachmentCode = "INVALID_ATTACHMENT";
    public const string AttachmentTooLargeCode = "ATTACHMENT_TOO_LARGE";

    public static readonly Refusal UnsupportedAttachment = new(
        UnsupportedAttachmentCode,
        "The file is none of JPEG, PNG, WebP, GIF, Ogg Opus, MP3, M4A and WAV."
    );

    public static readonly Refusal InvalidAttachment = new(
        InvalidAttachmentCode,
        "The file is damaged, cut off, or not quite what it begins as."
    );

    public static Refusal AttachmentTooLarge(long mostBytes) =>
        new(
            AttachmentTooLargeCode,
            "The file is too large.",
            Figures: new Dictionary<string, long> { ["maxBytes"] = mostBytes }
        );
}
