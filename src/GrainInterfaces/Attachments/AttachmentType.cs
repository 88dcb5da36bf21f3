namespace Actors.GrainInterfaces.Attachments;

/// <summary>What may be attached, told by content and never by name.</summary>
public enum AttachmentType
{
    Jpeg = 1,
    Png = 2,
    WebP = 3,
    Gif = 4,
    OggOpus = 5,
    Mp3 = 6,
    M4a = 7,
    Wav = 8,
}

public static class AttachmentTypes
{
    public static bool IsVoice(this AttachmentType type) => type >= AttachmentType.OggOpus;

    /// <summary>As what it is served.</summary>
    public static string MediaType(this AttachmentType type) =>
        type switch
        {
            AttachmentType.Jpeg => "image/jpeg",
            AttachmentType.Png => "image/png",
            AttachmentType.WebP => "image/webp",
            AttachmentType.Gif => "image/gif",
            AttachmentType.OggOpus => "audio/ogg",
            AttachmentType.Mp3 => "audio/mpeg",
            AttachmentType.M4a => "audio/mp4",
            AttachmentType.Wav => "audio/wav",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };

    /// <summary>What its name ends with when it is saved.</summary>
    public static string Extension(this AttachmentType type) =>
        type switch
        {
            AttachmentType.Jpeg => "jpg",
            AttachmentType.OggOpus => "ogg",
            _ => type.ToString().ToLowerInvariant(),
        };
}
