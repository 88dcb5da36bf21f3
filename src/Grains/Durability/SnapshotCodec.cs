using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.Grains.Durability;

/// <summary>A snapshot is one JSON array: the state, and the bookkeeping that belongs to it.</summary>
internal static class SnapshotCodec
{
    public static ReadOnlyMemory<byte> Write<TState>(
        TState state,
        IReadOnlyCollection<long> unsent,
        IReadOnlyDictionary<string, long> inbox,
        JsonTypeInfo<TState> stateJson
    )
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            JsonSerializer.Serialize(writer, state, stateJson);
            JsonSerializer.Serialize(writer, new Ledger([.. unsent.Order()], inbox), DurabilityJson.Default.Ledger);
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
}
