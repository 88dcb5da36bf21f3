using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Journal.GrainStorage;

/// <summary>
/// How a record lies in a segment: length, header, body, and the SHA-256 of all that together with the hash of the
/// record before. The header says who wrote it, so that a writer can recognise its own commit.
/// </summary>
internal static class RecordCodec
{
    public const int Format = 1;
    public const int HashBytes = SHA256.HashSizeInBytes;

    private const int LengthBytes = 4;

    /// <summary>The chain starts at the stream's name, so that records cannot be moved between streams.</summary>
    public static byte[] Genesis(StreamId stream) => SHA256.HashData(Encoding.UTF8.GetBytes(stream.Value));

    /// <summary>Events and mark in one buffer; also the copy that frees the caller's memory.</summary>
    public static byte[] EncodeBody(IReadOnlyList<ReadOnlyMemory<byte>> events, ReadOnlyMemory<byte> mark)
    {
        var length = 4 + events.Sum(static json => 4 + json.Length) + mark.Length;
        var body = new byte[length];
        var rest = body.AsSpan();
        BinaryPrimitives.WriteInt32LittleEndian(rest, events.Count);
        rest = rest[4..];
        foreach (var json in events)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, json.Length);
            json.Span.CopyTo(rest[4..]);
            rest = rest[(4 + json.Length)..];
        }
        mark.Span.CopyTo(rest);
        return body;
    }

    /// <summary>The body as it is stored: encrypted under its header when there is a key.</summary>
    public static byte[] Protect(RecordHeader header, byte[] body, StreamCipher? cipher)
    {
        if (cipher is null)
        {
            return body;
        }
        Span<byte> head = stackalloc byte[RecordHeader.Bytes];
        header.Write(head);
        return cipher.Encrypt(body, head);
    }

    /// <summary>Writes one record behind those that are there and returns all of them, with the new end of the chain.</summary>
    public static (byte[] Records, byte[] Hash) Append(
        ReadOnlySpan<byte> records,
        RecordHeader header,
        ReadOnlySpan<byte> stored,
        ReadOnlySpan<byte> previousHash
    )
    {
        Span<byte> head = stackalloc byte[RecordHeader.Bytes];
        header.Write(head);
        var all = new byte[records.Length + LengthBytes + head.Length + stored.Length + HashBytes];
        records.CopyTo(all);
        var record = all.AsSpan(records.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - LengthBytes);
        head.CopyTo(record[LengthBytes..]);
        stored.CopyTo(record[(LengthBytes + head.Length)..]);
        var hash = Hash(previousHash, record[..^HashBytes]);
        hash.CopyTo(record[^HashBytes..]);
        return (all, hash);
    }

    /// <summary>Walks over the records and proves each one's place in the chain.</summary>
    /// <exception cref="JournalDamagedException">Names the first bad record.</exception>
    public static List<StoredRecord> Read(SegmentState segment, string place)
    {
        List<StoredRecord> found = [];
        var records = segment.Records.AsMemory();
        var previous = segment.PreviousHash;
        var (sequence, version) = (segment.FirstSequence, segment.FirstVersion);
        for (var offset = 0; offset < records.Length; )
        {
            var record = Cut(records[offset..]);
            if (record.IsEmpty)
            {
                throw new JournalDamagedException(place, offset, "a record is cut off");
            }
            var hash = Hash(previous, record.Span[..^HashBytes]);
            if (!hash.AsSpan().SequenceEqual(record.Span[^HashBytes..]))
            {
                throw new JournalDamagedException(place, offset, $"the hash chain breaks at record {sequence}");
            }
            var header = RecordHeader.Read(record.Span[LengthBytes..]);
            if (header.Sequence != sequence || header.FirstVersion != version)
            {
                throw new JournalDamagedException(place, offset, $"record {sequence} is numbered {header.Sequence}");
            }
            found.Add(new StoredRecord(header, record[LengthBytes..^HashBytes], place, offset));
            (sequence, version, previous) = (sequence + 1, version + header.EventCount, hash);
            offset += record.Length;
        }
        return found;
    }

    /// <exception cref="JournalDamagedException">The body is not what the header says.</exception>
    public static JournalRecord Decode(StoredRecord record, ReadOnlyMemory<byte> body, StreamCipher? cipher)
    {
        var (events, mark) = DecodeBody(record, body, cipher);
        // The header's count numbers every event after it, so a wrong one must not be taken for the truth.
        return events.Length == record.Header.EventCount
            ? new JournalRecord(record.Header.Sequence, record.Header.FirstVersion, record.Header.At, events, mark)
            : throw new JournalDamagedException(
                record.Place,
                record.Offset,
                $"the header of record {record.Header.Sequence} counts {record.Header.EventCount} events, "
                    + $"its body holds {events.Length}; 'journal repair' counts anew"
            );
    }

    /// <summary>Events and mark, whatever the header says of them.</summary>
    public static (ReadOnlyMemory<byte>[] Events, ReadOnlyMemory<byte> Mark) DecodeBody(
        StoredRecord record,
        ReadOnlyMemory<byte> body,
        StreamCipher? cipher
    )
    {
        if (record.Header.IsEncrypted)
        {
            body = Decrypt(record, body, cipher);
        }
        var events = new ReadOnlyMemory<byte>[BinaryPrimitives.ReadInt32LittleEndian(body.Span)];
        body = body[4..];
        for (var index = 0; index < events.Length; index++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(body.Span);
            events[index] = body.Slice(4, length);
            body = body[(4 + length)..];
        }
        return (events, body);
    }

    public static ReadOnlyMemory<byte> Decrypt(StoredRecord record, ReadOnlyMemory<byte> body, StreamCipher? cipher)
    {
        if (cipher is null)
        {
            throw new InvalidOperationException($"{record.Place} is encrypted and no journal key is configured.");
        }
        try
        {
            return cipher.Decrypt(body.Span, record.Bytes.Span[..RecordHeader.Bytes]);
        }
        catch (CryptographicException)
        {
            throw new JournalDamagedException(
                record.Place,
                record.Offset,
                $"record {record.Header.Sequence} does not open with the configured journal key"
            );
        }
    }

    /// <summary>One record with its length in front and its hash behind; empty when the bytes do not hold one.</summary>
    private static Memory<byte> Cut(Memory<byte> records)
    {
        if (records.Length < LengthBytes)
        {
            return default;
        }
        var length = BinaryPrimitives.ReadInt32LittleEndian(records.Span);
        return length >= RecordHeader.Bytes + HashBytes && length <= records.Length - LengthBytes
            ? records[..(LengthBytes + length)]
            : default;
    }

    private static byte[] Hash(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> record)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(previous);
        sha.AppendData(record);
        return sha.GetHashAndReset();
    }
}

/// <summary>A record whose place in the chain is proven but whose body is not decoded yet.</summary>
internal readonly record struct StoredRecord(RecordHeader Header, ReadOnlyMemory<byte> Bytes, string Place, long Offset)
{
    public ReadOnlyMemory<byte> Body => Bytes[RecordHeader.Bytes..];
}
