using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.Attachments;

[Settings("Attachments")]
public sealed record AttachmentOptions
{
    private const int Megabyte = 1 << 20;

    [Setting("Megabytes of a picture at most."), Range(1, 100)]
    public int MaxImageMegabytes { get; init; } = 10;

    [Setting("Megabytes of a voice message at most."), Range(1, 100)]
    public int MaxVoiceMegabytes { get; init; } = 20;

    /// <summary>More is not even read.</summary>
    public long MaxBytes => Megabyte * (long)Math.Max(MaxImageMegabytes, MaxVoiceMegabytes);

    public long MaxBytesOf(AttachmentType type) =>
        Megabyte * (long)(type.IsVoice() ? MaxVoiceMegabytes : MaxImageMegabytes);
}
