namespace Actors.Journal.GrainStorage;

/// <summary>A bounded run of a stream's records. Only the newest segment of a stream is ever rewritten.</summary>
/// <remarks>Plain properties, so that a storage provider may use any serializer.</remarks>
[GenerateSerializer, Alias("JournalSegment")]
public sealed class SegmentState
{
    /// <summary>Shape of <see cref="Records"/>; 0 means that nothing is stored.</summary>
    [Id(0)]
    public int Format { get; init; }

    [Id(1)]
    public string Stream { get; init; } = "";

    [Id(2)]
    public long Number { get; init; }

    [Id(3)]
    public long FirstSequence { get; init; }

    [Id(4)]
    public long FirstVersion { get; init; }

    /// <summary>Hash of the record before the first one.</summary>
    [Id(5)]
    public byte[] PreviousHash { get; init; } = [];

    /// <summary>The records one after another, see <see cref="RecordCodec"/>.</summary>
    [Id(6)]
    public byte[] Records { get; init; } = [];

    /// <summary>
    /// Takes no more. It is the writer of the last record who says so, in the same write: were it computed from bounds,
    /// two writers who disagree about them could continue a stream in two places.
    /// </summary>
    [Id(7)]
    public bool Sealed { get; init; }
}

/// <summary>Where to look first. It may lag behind: what counts is which segments exist.</summary>
[GenerateSerializer, Alias("JournalHead")]
public sealed class HeadState
{
    [Id(0)]
    public string Stream { get; init; } = "";

    /// <summary>A segment that exists; newer ones may.</summary>
    [Id(1)]
    public long Segment { get; init; }

    /// <summary>The oldest segment that belongs to the stream; what was before has expired.</summary>
    [Id(2)]
    public long First { get; init; }

    /// <summary>Every segment up to this one is cleared from storage.</summary>
    [Id(3)]
    public long Cleared { get; init; }
}

/// <summary>A slice of a body that is too large for its segment.</summary>
[GenerateSerializer, Alias("JournalPart")]
public sealed class PartState
{
    [Id(0)]
    public string Stream { get; init; } = "";

    [Id(1)]
    public byte[] Bytes { get; init; } = [];
}

[GenerateSerializer, Alias("JournalSnapshot")]
public sealed class SnapshotState
{
    /// <summary>0 means that nothing is stored.</summary>
    [Id(0)]
    public int Format { get; init; }

    [Id(1)]
    public string Stream { get; init; } = "";

    [Id(2)]
    public long Sequence { get; init; }

    [Id(3)]
    public long Version { get; init; }

    [Id(4)]
    public int Schema { get; init; }

    [Id(5)]
    public bool Encrypted { get; init; }

    [Id(6)]
    public byte[] Payload { get; init; } = [];

    [Id(7)]
    public byte[] Hash { get; init; } = [];
}
