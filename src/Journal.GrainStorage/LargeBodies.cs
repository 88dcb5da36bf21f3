using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Actors.Journal.GrainStorage;

/// <summary>
/// A body that would make its segment too large for a storage record lies beside it in parts, which are written first;
/// the segment then holds their number, length and hash. Parts are named by the commit, so that nobody else can have
/// written them, and a crash before the segment leaves parts that nothing refers to.
/// </summary>
internal sealed class LargeBodies(GrainStorageJournalOptions options, TimeProvider time)
{
    public const int PartBytes = 256 * 1024;

    private const int LengthBytes = 8;

    /// <returns>What the segment holds instead of the body.</returns>
    public async Task<byte[]> WriteAsync(StreamRecords records, RecordHeader header, ReadOnlyMemory<byte> body)
    {
        var parts = Enumerable.Range(0, CountOf(body.Length));
        await Task.WhenAll(parts.Select(part => WriteAsync(records, header, part, Slice(body, part).ToArray())));
        var reference = new byte[LengthBytes + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64LittleEndian(reference, body.Length);
        SHA256.HashData(body.Span, reference.AsSpan(LengthBytes));
        return reference;
    }

    /// <exception cref="JournalDamagedException">A part is missing or was changed.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(StreamRecords records, StoredRecord record)
    {
        var body = new byte[LengthOf(record)];
        foreach (var part in Enumerable.Range(0, CountOf(body.Length)))
        {
            var bytes = (await records.ReadPartAsync(record.Header, part)).State.Bytes;
            bytes.AsMemory(0, Math.Min(bytes.Length, PartBytes)).CopyTo(body.AsMemory(part * PartBytes));
        }
        return SHA256.HashData(body).AsSpan().SequenceEqual(record.Body.Span[LengthBytes..])
            ? body
            : throw new JournalDamagedException(
                record.Place,
                record.Offset,
                $"the parts of record {record.Header.Sequence} are not what it refers to"
            );
    }

    public static async Task ClearAsync(StreamRecords records, Segment segment)
    {
        foreach (var record in segment.Records.Where(static record => record.Header.IsLarge))
        {
            foreach (var part in Enumerable.Range(0, CountOf(LengthOf(record))))
            {
                await records.ClearPartAsync(record.Header, part);
            }
        }
    }

    private async Task WriteAsync(StreamRecords records, RecordHeader header, int part, byte[] bytes)
    {
        var pause = options.RetryAfter;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var stored = await records.ReadPartAsync(header, part);
                if (stored.RecordExists && stored.State.Bytes.AsSpan().SequenceEqual(bytes))
                {
                    return;
                }
                await records.WritePartAsync(header, part, stored, bytes);
                return;
            }
            catch (Exception exception) when (attempt >= options.WriteAttempts)
            {
                throw new JournalUncertainException(
                    $"A part of record {header.Sequence} of {records.Stream} was not stored.",
                    exception
                );
            }
            catch (Exception)
            {
                // It may have been written nevertheless: the next round looks first.
            }
            await Task.Delay(pause, time);
            pause *= 2;
        }
    }

    private static int LengthOf(StoredRecord record) => (int)BinaryPrimitives.ReadInt64LittleEndian(record.Body.Span);

    private static int CountOf(int length) => (length + PartBytes - 1) / PartBytes;

    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> body, int part) =>
        body[(part * PartBytes)..Math.Min(body.Length, (part + 1) * PartBytes)];
}
