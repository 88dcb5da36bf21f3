using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Attachments.Formats;

namespace Actors.Grains.Attachments;

/// <summary>
/// Tells what a file is by its content, refuses what is not whole, and takes out what tells of persons, places and times, and
/// whatever follows the end. In one pass over the structure; the file itself is not copied. What is left is accepted again, unchanged.
/// </summary>
/// <remarks>Pictures are not decoded: a picture may still show what nobody should see, and a decoder may still refuse it.</remarks>
public static class AttachmentRules
{
    private delegate bool Cleaner(ReadOnlySpan<byte> file, KeptPieces kept);

    /// <param name="content">The whole file.</param>
    /// <param name="options">How large it may be.</param>
    public static Outcome<CleanAttachment> Clean(ReadOnlyMemory<byte> content, AttachmentOptions options)
    {
        if (TypeOf(content.Span) is not { } type)
        {
            return AttachmentRefusals.UnsupportedAttachment;
        }
        if (content.Length > options.MaxBytesOf(type))
        {
            return AttachmentRefusals.AttachmentTooLarge(options.MaxBytesOf(type));
        }
        var kept = new KeptPieces(content);
        return CleanerOf(type)(content.Span, kept) && !kept.AreTooMany
            ? new CleanAttachment(type, kept.Pieces)
            : AttachmentRefusals.InvalidAttachment;
    }

    private static AttachmentType? TypeOf(ReadOnlySpan<byte> file) =>
        JpegFormat.IsStartOf(file) ? AttachmentType.Jpeg
        : PngFormat.IsStartOf(file) ? AttachmentType.Png
        : GifFormat.IsStartOf(file) ? AttachmentType.Gif
        : RiffChunks.IsStartOf(file, "WEBP"u8) ? AttachmentType.WebP
        : RiffChunks.IsStartOf(file, "WAVE"u8) ? AttachmentType.Wav
        : OggOpusFormat.IsStartOf(file) ? AttachmentType.OggOpus
        : M4aFormat.IsStartOf(file) ? AttachmentType.M4a
        : Mp3Format.IsStartOf(file) ? AttachmentType.Mp3
        : null;

    private static Cleaner CleanerOf(AttachmentType type) =>
        type switch
        {
            AttachmentType.Jpeg => JpegFormat.TryClean,
            AttachmentType.Png => PngFormat.TryClean,
            AttachmentType.Gif => GifFormat.TryClean,
            AttachmentType.WebP => WebPFormat.TryClean,
            AttachmentType.Wav => WavFormat.TryClean,
            AttachmentType.OggOpus => OggOpusFormat.TryClean,
            AttachmentType.M4a => M4aFormat.TryClean,
            _ => Mp3Format.TryClean,
        };
}
