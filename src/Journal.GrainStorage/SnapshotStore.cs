using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Actors.Journal.GrainStorage;

/// <summary>Snapshots are a cache: one that cannot be trusted is as good as none.</summary>
internal sealed partial class SnapshotStore(GrainStorageJournalOptions options, ILogger logger)
{
    private const int Format = 1;

    public async ValueTask<StreamSnapshot?> ReadAsync(StreamRecords records)
    {
        var stored = (await records.ReadSnapshotAsync()).State;
        if (stored.Format != Format)
        {
            return null;
        }
        var associated = Associated(records.Stream, stored.Sequence, stored.Version, stored.Schema);
        if (!stored.Hash.AsSpan().SequenceEqual(Hash(associated, stored.Payload)))
        {
            LogIgnored(records.Stream, "its hash is wrong");
            return null;
        }
        if (!stored.Encrypted)
        {
            return new StreamSnapshot(stored.Sequence, stored.Version, stored.Schema, stored.Payload);
        }
        using var cipher = StreamCipher.For(records.Stream, options.Key);
        try
        {
            var json = cipher?.Decrypt(stored.Payload, associated) ?? throw new CryptographicException("No key.");
            return new StreamSnapshot(stored.Sequence, stored.Version, stored.Schema, json);
        }
        catch (CryptographicException)
        {
            LogIgnored(records.Stream, "it does not open with the configured key");
            return null;
        }
    }

    public async ValueTask WriteAsync(StreamRecords records, StreamSnapshot snapshot)
    {
        var stored = await records.ReadSnapshotAsync();
        if (stored.State.Format == Format && stored.State.Sequence > snapshot.Sequence)
        {
            return;
        }
        var associated = Associated(records.Stream, snapshot.Sequence, snapshot.Version, snapshot.Schema);
        using var cipher = StreamCipher.For(records.Stream, options.Key);
        var payload = cipher?.Encrypt(snapshot.Json.Span, associated) ?? snapshot.Json.ToArray();
        stored.State = new SnapshotState
        {
            Format = Format,
            Stream = records.Stream.Value,
            Sequence = snapshot.Sequence,
            Version = snapshot.Version,
            Schema = snapshot.Schema,
            Encrypted = cipher is not null,
            Payload = payload,
            Hash = Hash(associated, payload),
        };
        try
        {
            await records.WriteSnapshotAsync(stored);
        }
        catch (InconsistentStateException)
        {
            // Somebody else keeps this stream's snapshots now.
        }
    }

    private static byte[] Associated(StreamId stream, long sequence, long version, int schema)
    {
        var name = Encoding.UTF8.GetBytes(stream.Value);
        var associated = new byte[20 + name.Length];
        BinaryPrimitives.WriteInt64LittleEndian(associated, sequence);
        BinaryPrimitives.WriteInt64LittleEndian(associated.AsSpan(8), version);
        BinaryPrimitives.WriteInt32LittleEndian(associated.AsSpan(16), schema);
        name.CopyTo(associated, 20);
        return associated;
    }

    private static byte[] Hash(byte[] associated, byte[] payload) => SHA256.HashData([.. associated, .. payload]);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot of {Stream} is ignored: {Reason}")]
    private partial void LogIgnored(StreamId stream, string reason);
}
