using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.Grains.Durability;

/// <summary>A snapshot is one JSON array: the state, and the bookkeeping that belongs to it.</summary>
internal static class SnapshotCodec
{
    private const int LeastBytes = 1024;

    /// <param name="bytesBefore">How long the snapshot before was: this one is hardly shorter, and may be large.</param>
    public static ReadOnlyMemory<byte> Write<TState>(
        TState state,
        IReadOnlyCollection<long> unsent,
        ReceivedNumbers received,
        JsonTypeInfo<TState> stateJson,
        int bytesBefore
    )
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(LeastBytes, bytesBefore + (bytesBefore / 4)));
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            JsonSerializer.Serialize(writer, state, stateJson);
            WriteCorrespondence(writer, unsent, received);
            writer.WriteEndArray();
        }
        return buffer.WrittenMemory;
    }

    public static (TState State, Correspondence Correspondence) Read<TState>(
        ReadOnlyMemory<byte> json,
        JsonTypeInfo<TState> stateJson
    )
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        reader.Read();
        var state = JsonSerializer.Deserialize(ref reader, stateJson);
        reader.Read();
        var correspondence = JsonSerializer.Deserialize(ref reader, DurabilityJson.Default.Correspondence);
        return (state!, correspondence!);
    }

    /// <summary>As a <see cref="Correspondence"/> reads it, without copying what was received: a wallet has it from every buyer.</summary>
    private static void WriteCorrespondence(
        Utf8JsonWriter writer,
        IReadOnlyCollection<long> unsent,
        ReceivedNumbers received
    )
    {
        writer.WriteStartObject();
        writer.WriteStartArray("unsent");
        foreach (var number in unsent.Order())
        {
            writer.WriteNumberValue(number);
        }
        writer.WriteEndArray();
        writer.WriteStartObject("inbox");
        foreach (var (source, number) in received.Durable)
        {
            writer.WriteNumber(source, number);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
