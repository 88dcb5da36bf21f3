using System.Diagnostics.CodeAnalysis;
using Orleans.Storage;

namespace Actors.Journal.GrainStorage;

/// <summary>The storage records of one stream and where they lie.</summary>
internal sealed class StreamRecords(IGrainStorage storage, StreamId stream)
{
    public const string HeadName = "head";
    private const string SnapshotName = "snapshot";

    private readonly GrainId _id = GrainId.Create(StreamNames.GrainTypeName, StreamNames.KeyOf(stream));

    public StreamId Stream => stream;

    public string PlaceOf(long segment) => $"{stream}, segment {segment}";

    public async Task<StoredValue<HeadState>> ReadHeadAsync()
    {
        var head = await ReadAsync<HeadState>(HeadName);
        CheckOwner(head.RecordExists, head.State.Stream);
        return head;
    }

    public Task WriteHeadAsync(StoredValue<HeadState> head) => storage.WriteStateAsync(HeadName, _id, head);

    /// <summary>The segment, or null and the tag under which it can be made.</summary>
    public async Task<(Segment? Segment, string? ETag)> ReadSegmentAsync(long number)
    {
        var stored = await ReadAsync<SegmentState>(NameOf(number));
        if (!stored.RecordExists || stored.State.Format == 0)
        {
            return (null, stored.ETag);
        }
        CheckOwner(true, stored.State.Stream);
        return (Segment.Stored(stored.State, stored.ETag, PlaceOf(number)), stored.ETag);
    }

    /// <returns>The tag of what is stored now.</returns>
    public async Task<string?> WriteSegmentAsync(Segment segment)
    {
        var value = new StoredValue<SegmentState>
        {
            State = segment.State,
            ETag = segment.ETag,
            RecordExists = segment.ETag is not null,
        };
        await storage.WriteStateAsync(NameOf(segment.Number), _id, value);
        return value.ETag;
    }

    public Task ClearSegmentAsync(long number) => ClearAsync<SegmentState>(NameOf(number));

    public async Task<StoredValue<PartState>> ReadPartAsync(RecordHeader header, int part)
    {
        var stored = await ReadAsync<PartState>(NameOf(header, part));
        CheckOwner(stored.RecordExists, stored.State.Stream);
        return stored;
    }

    public Task WritePartAsync(RecordHeader header, int part, StoredValue<PartState> stored, byte[] bytes)
    {
        stored.State = new PartState { Stream = stream.Value, Bytes = bytes };
        return storage.WriteStateAsync(NameOf(header, part), _id, stored);
    }

    public Task ClearPartAsync(RecordHeader header, int part) => ClearAsync<PartState>(NameOf(header, part));

    public Task<StoredValue<SnapshotState>> ReadSnapshotAsync() => ReadAsync<SnapshotState>(SnapshotName);

    public Task WriteSnapshotAsync(StoredValue<SnapshotState> snapshot) =>
        storage.WriteStateAsync(SnapshotName, _id, snapshot);

    private async Task<StoredValue<T>> ReadAsync<T>(string name)
        where T : class, new()
    {
        var value = new StoredValue<T>();
        await storage.ReadStateAsync(name, _id, value);
        return value;
    }

    private async Task ClearAsync<T>(string name)
        where T : class, new()
    {
        var stored = await ReadAsync<T>(name);
        if (stored.RecordExists)
        {
            await storage.ClearStateAsync(name, _id, stored);
        }
    }

    private static string NameOf(RecordHeader header, int part) =>
        $"part-{header.Sequence:D10}-{header.Commit.Writer:N}-{header.Commit.Number}-{part}";

    /// <summary>Fixed width, so that a listing of the storage shows segments in order.</summary>
    public static string NameOf(long segment) => $"segment-{segment:D10}";

    private void CheckOwner(bool exists, string owner)
    {
        if (exists && owner != stream.Value)
        {
            throw new JournalDamagedException(stream.Value, 0, $"its place in storage holds records of '{owner}'");
        }
    }
}

/// <summary>What was found at the place of a segment; where nothing is, the tag under which it can be made.</summary>
internal readonly record struct SegmentPlace(long Number, Segment? Segment, string? ETag);

/// <summary>What Orleans' storage providers fill.</summary>
internal sealed class StoredValue<T> : IGrainState<T>
    where T : class, new()
{
    [AllowNull]
    public T State
    {
        get;
        set => field = value ?? new T();
    } = new();

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }
}
