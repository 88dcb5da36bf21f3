using System.ComponentModel.DataAnnotations;
using Actors.GrainInterfaces.Attachments;
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

    [Setting("Megabytes of all files of a person; those that nobody sent count for an hour."), Range(1, 1_000_000)]
    public int PersonMegabytes { get; init; } = 500;

    [Setting("Files of a person."), Range(1, 10_000)]
    public int PersonFiles { get; init; } = 2_000;

    [Setting("Uploads that a host of the API takes in at once; each is held in memory."), Range(1, 1_000)]
    public int UploadsAtOnce { get; init; } = 16;

    /// <summary>Of one person.</summary>
    public long MostBytes => Megabyte * (long)PersonMegabytes;

    /// <summary>More is not even read.</summary>
    public long MaxBytes => Megabyte * (long)Math.Max(MaxImageMegabytes, MaxVoiceMegabytes);

    public long MaxBytesOf(AttachmentType type) =>
        Megabyte * (long)(type.IsVoice() ? MaxVoiceMegabytes : MaxImageMegabytes);
}
