using System.Security.Cryptography;

namespace Actors.Journal;

/// <summary>Who moves batches to the disk.</summary>
public enum JournalDrive
{
    /// <summary>A thread of the journal's own.</summary>
    Thread,

    /// <summary>Somebody calls <see cref="FileJournal.WriteOnce"/>; nothing runs on another thread.</summary>
    Manual,
}

/// <summary>Settings of a <see cref="FileJournal"/>.</summary>
public sealed record JournalOptions
{
    /// <summary>Where the files live; made when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>32 bytes; null takes <see cref="KeyFile"/>.</summary>
    public byte[]? Key { get; init; }

    /// <summary>Keys before <see cref="Key"/>: they still read what they wrote.</summary>
    public IReadOnlyList<byte[]> OlderKeys { get; init; } = [];

    /// <summary>
    /// A file of keys in base64, one a line: the first writes, all of them read. Made at the first start;
    /// <c>journal.key</c> of the directory by default.
    /// </summary>
    public string KeyFile
    {
        get => field ?? Path.Combine(Directory, "journal.key");
        init;
    }

    /// <summary>Signs anchors; null takes a key that follows from the journal's own.</summary>
    public byte[]? AnchorKey { get; init; }

    /// <summary>Bytes after which the log goes on in a new file; 4 KiB to 1 GiB, 64 MiB by default.</summary>
    public int SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Log bytes after which the index is saved again, so that a start has less to replay; 32 MiB by default.</summary>
    public long CheckpointBytes { get; init; } = 32 << 20;

    /// <summary>Bytes that may wait for the disk before appends are refused; 64 MiB by default.</summary>
    public int MaxPendingBytes { get; init; } = 64 << 20;

    /// <summary>The largest commit or snapshot; 16 MiB by default.</summary>
    public int MaxRecordBytes { get; init; } = 16 << 20;

    /// <summary>
    /// How long the records of a category are kept; categories not named are kept for ever. A category must be named
    /// before its first append, and stay in a log of its own from then on. What is too old is gone for good at most 1/64 of
    /// the age later.
    /// </summary>
    public IReadOnlyDictionary<string, TimeSpan> Retention { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>How often old segments are looked for when the drive is a thread; one hour by default.</summary>
    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromHours(1);

    public JournalDrive Drive { get; init; } = JournalDrive.Thread;

    /// <summary>
    /// Called when there is something for <see cref="FileJournal.WriteOnce"/>, possibly before the journal is open for its
    /// owner (a start may begin a new segment where old ones are to be deleted); manual drive only.
    /// </summary>
    public Action? OnWorkPending { get; init; }

    /// <summary>The source of salts and keys. Only a simulation has a reason to replace it.</summary>
    public RandomBytes RandomBytes { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>Whose figures these are, where several hosts of one process have each a journal: the host's meter factory.</summary>
    public object? MeterScope { get; init; }

    internal void Validate()
    {
        Check(Directory.Length > 0, nameof(Directory));
        Check(Key is null or { Length: 32 }, nameof(Key));
        Check(OlderKeys.All(key => key.Length == 32), nameof(OlderKeys));
        Check(AnchorKey is null or { Length: >= 32 }, nameof(AnchorKey));
        Check(SegmentBytes is >= 4096 and <= 1 << 30, nameof(SegmentBytes));
        Check(CheckpointBytes > 0, nameof(CheckpointBytes));
        Check(MaxRecordBytes is >= 1024 and <= 1 << 29, nameof(MaxRecordBytes));
        Check(MaxPendingBytes is >= 1024 and <= 1 << 30, nameof(MaxPendingBytes));
        Check(RetentionInterval > TimeSpan.Zero, nameof(RetentionInterval));
        Check(Retention.Values.All(age => age > TimeSpan.Zero), nameof(Retention));
        Check(Retention.Keys.All(IsDirectoryName), nameof(Retention));
    }

    private static bool IsDirectoryName(string category) =>
        category.Length is > 0 and <= 64 && category.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static void Check(bool valid, string name)
    {
        if (!valid)
        {
            throw new ArgumentException($"The journal's option {name} is missing or out of range.", name);
        }
    }
}

public delegate void RandomBytes(Span<byte> buffer);
