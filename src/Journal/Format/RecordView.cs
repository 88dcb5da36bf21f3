using System.Security.Cryptography;

namespace Actors.Journal.Format;

/// <summary>
/// A commit's payload: links to older records of the stream, the chain hash, and the content that the hash covers.
/// </summary>
internal readonly ref struct RecordView
{
    private const byte HasWake = 1;
    private const byte HasMark = 2;
    private const int HashOffset = 16;
    private const int ContentOffset = HashOffset + Hash256.Bytes;

    private readonly ReadOnlySpan<byte> _plain;
    private readonly int _bodyOffset;
    private readonly byte _flags;

    public RecordView(ReadOnlySpan<byte> plain)
    {
        _plain = plain;
        var reader = new PayloadReader(plain);
        Previous = new(reader.Int64());
        Jump = new(reader.Int64());
        Hash = reader.Raw(Hash256.Bytes);
        _flags = reader.Byte();
        Stream = reader.Prefixed();
        Sequence = reader.Variable();
        FirstVersion = reader.Variable();
        EventCount = (int)reader.Variable();
        AtTicks = reader.Int64();
        WakeTicks = (_flags & HasWake) == 0 ? 0 : reader.Int64();
        _bodyOffset = reader.Offset;
    }

    public Position Previous { get; }
    public Position Jump { get; }
    public ReadOnlySpan<byte> Hash { get; }
    public ReadOnlySpan<byte> Stream { get; }
    public long Sequence { get; }
    public long FirstVersion { get; }
    public int EventCount { get; }
    public long AtTicks { get; }

    /// <summary>0 when the stream's owner is at rest.</summary>
    public long WakeTicks { get; }

    public int Length => _plain.Length;

    public long LastVersion => FirstVersion + EventCount - 1;

    public bool ContinuesChain(ReadOnlySpan<byte> previousHash)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previousHash);
        hash.AppendData(_plain[ContentOffset..]);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(Hash);
    }

    public JournalRecord ToRecord() => ToRecord(_plain.ToArray());

    /// <summary>The record as callers see it; its events are slices of <paramref name="plain"/>, which must be the view's own bytes.</summary>
    public JournalRecord ToRecord(ReadOnlyMemory<byte> plain)
    {
        var reader = new PayloadReader(plain.Span[_bodyOffset..]);
        var mark = ReadOnlyMemory<byte>.Empty;
        if ((_flags & HasMark) != 0)
        {
            mark = Next(plain, ref reader);
        }
        var events = new ReadOnlyMemory<byte>[EventCount];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = Next(plain, ref reader);
        }
        return new(Sequence, FirstVersion, new(AtTicks, TimeSpan.Zero), events, mark);
    }

    /// <summary>Never 0, which stands for no wake: the beginning of time means at once.</summary>
    public static long WakeTicksOf(DateTimeOffset wake) => Math.Max(1, wake.UtcTicks);

    /// <summary>An upper bound for <see cref="Encode"/>; long, because a sum of lengths may not fit in an int.</summary>
    public static long MaxBytes(in Commit commit)
    {
        long bytes = ContentOffset + 1 + StreamId.MaxBytes + (6 * PayloadWriter.MaxVariableBytes) + commit.Mark.Length;
        for (var i = 0; i < commit.Events.Count; i++)
        {
            bytes += PayloadWriter.MaxVariableBytes + commit.Events[i].Length;
        }
        return bytes;
    }

    /// <summary>Writes a payload and leaves its chain hash in <paramref name="hash"/>, which holds the previous one before.</summary>
    public static int Encode(Span<byte> plain, in Commit commit, Position previous, Position jump, ref Hash256 hash)
    {
        var writer = new PayloadWriter(plain);
        writer.Int64(previous.Value);
        writer.Int64(jump.Value);
        // The previous hash stands where the new one will, so that one pass over one span makes the new one.
        writer.Raw(hash);
        WriteContent(ref writer, commit);
        SHA256.HashData(writer.Written[HashOffset..], hash);
        ((ReadOnlySpan<byte>)hash).CopyTo(plain[HashOffset..]);
        return writer.Length;
    }

    private static void WriteContent(ref PayloadWriter writer, in Commit commit)
    {
        Span<byte> stream = stackalloc byte[StreamId.MaxBytes];
        var streamBytes = System.Text.Encoding.UTF8.GetBytes(commit.Stream.Value, stream);
        writer.Byte((byte)((commit.WakeAt is null ? 0 : HasWake) | (commit.Mark.IsEmpty ? 0 : HasMark)));
        writer.Prefixed(stream[..streamBytes]);
        writer.Variable(commit.AfterSequence + 1);
        writer.Variable(commit.AfterVersion + 1);
        writer.Variable(commit.Events.Count);
        writer.Int64(commit.At.UtcTicks);
        if (commit.WakeAt is { } wake)
        {
            writer.Int64(WakeTicksOf(wake));
        }
        if (!commit.Mark.IsEmpty)
        {
            writer.Prefixed(commit.Mark.Span);
        }
        for (var i = 0; i < commit.Events.Count; i++)
        {
            writer.Prefixed(commit.Events[i].Span);
        }
    }

    private static ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> plain, ref PayloadReader reader)
    {
        var bytes = reader.Prefixed();
        return plain.Slice(plain.Length - reader.Remaining - bytes.Length, bytes.Length);
    }
}
