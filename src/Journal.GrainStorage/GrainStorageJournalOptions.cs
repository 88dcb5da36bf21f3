namespace Actors.Journal.GrainStorage;

/// <summary>Bounds of the journal that keeps its records through Orleans' grain storage.</summary>
public sealed record GrainStorageJournalOptions
{
    /// <summary>A segment with this many records takes no more. 1–10,000; 256 by default.</summary>
    public int SegmentRecords { get; init; } = 256;

    /// <summary>
    /// A segment with this many bytes takes no more. The tail is rewritten with every append, so this bounds what one
    /// append uploads. 1 KiB–256 KiB; 48 KiB by default.
    /// </summary>
    public int SegmentBytes { get; init; } = 48 * 1024;

    /// <summary>Largest commit. 1 KiB–64 MiB; 16 MiB by default.</summary>
    public int CommitBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How often the same write is tried before its outcome is called uncertain. 1–10; 3 by default.</summary>
    public int WriteAttempts { get; init; } = 3;

    /// <summary>Pause before the second attempt; doubled for each further one. 50 ms by default.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Memory for the newest segments of streams that are being written. 64 MiB by default.</summary>
    public long CacheBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>256 bits from which every stream's AES-256-GCM key is derived; empty leaves the records readable.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>By stream category: how long records are kept at least. Categories that are not named are kept for ever.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Retention { get; init; } = new Dictionary<string, TimeSpan>();

    internal GrainStorageJournalOptions Checked()
    {
        Require(SegmentRecords is >= 1 and <= 10_000, nameof(SegmentRecords), "1 to 10,000");
        Require(SegmentBytes is >= 1024 and <= 256 * 1024, nameof(SegmentBytes), "1 KiB to 256 KiB");
        Require(CommitBytes is >= 1024 and <= 64 * 1024 * 1024, nameof(CommitBytes), "1 KiB to 64 MiB");
        Require(WriteAttempts is >= 1 and <= 10, nameof(WriteAttempts), "1 to 10");
        Require(RetryAfter >= TimeSpan.Zero, nameof(RetryAfter), "zero or more");
        Require(CacheBytes >= 0, nameof(CacheBytes), "zero or more");
        Require(Key.Length is 0 or 32, nameof(Key), "absent or 32 bytes");
        Require(Retention.Values.All(kept => kept > TimeSpan.Zero), nameof(Retention), "longer than zero");
        return this;
    }

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} of the grain-storage journal must be {range}.");
        }
    }
}
