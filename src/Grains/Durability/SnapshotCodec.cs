using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.Grains.Durability;

/// <summary>A snapshot is one JSON array: the state, and the bookkeeping that belongs to it.</summary>
internal static class SnapshotCodec
{
    public static ReadOnlyMemory<byte> Write<TState>(
        Frame<TState> frame,
        IReadOnlyCollection<long> unsent,
        JsonTypeInfo<TState> stateJson
    )
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            JsonSerializer.Serialize(writer, frame.State, stateJson);
            JsonSerializer.Serialize(writer, new Ledger([.. unsent], frame.Inbox), DurabilityJson.Default.Ledger);
            writer.WriteEndArray();
        }
        return buffer.WrittenMemory;
    }

    public static (TState State, Ledger Ledger) Read<TState>(ReadOnlyMemory<byte> json, JsonTypeInfo<TState> stateJson)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        reader.Read();
        var state = JsonSerializer.Deserialize(ref reader, stateJson);
        reader.Read();
        var ledger = JsonSerializer.Deserialize(ref reader, DurabilityJson.Default.Ledger);
        return (state!, ledger!);
    }

    public static ImmutableDictionary<string, long> Inbox(Ledger ledger) => ledger.Inbox.ToImmutableDictionary();
}
