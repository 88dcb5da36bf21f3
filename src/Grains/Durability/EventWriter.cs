using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.Grains.Durability;

/// <summary>
/// Writes an event exactly as the serializer does, at half its price: of a type that has derived ones the serializer does
/// not use the generated code. So the name of the type is written here, and the rest by the code of the derived type.
/// </summary>
internal sealed class EventWriter<TEvent>
    where TEvent : class
{
    private readonly JsonTypeInfo<TEvent> _contract;
    private readonly FrozenDictionary<Type, Derived> _derived;

    public EventWriter(JsonTypeInfo<TEvent> contract)
    {
        _contract = contract;
        var names = contract.PolymorphismOptions?.TypeDiscriminatorPropertyName ?? "$type";
        _derived = (contract.PolymorphismOptions?.DerivedTypes ?? [])
            .Where(static derived => derived.TypeDiscriminator is string)
            .ToFrozenDictionary(
                static derived => derived.DerivedType,
                derived => new Derived(
                    Head(names, (string)derived.TypeDiscriminator!),
                    contract.Options.GetTypeInfo(derived.DerivedType)
                )
            );
    }

    /// <summary>Appends an event and returns its length; a byte that belongs to nothing may follow it.</summary>
    public int Write(TEvent @event, ArrayBufferWriter<byte> bytes, Utf8JsonWriter writer)
    {
        var start = bytes.WrittenCount;
        if (!_derived.TryGetValue(@event.GetType(), out var derived))
        {
            writer.Reset(bytes);
            JsonSerializer.Serialize(writer, @event, _contract);
            writer.Flush();
            return bytes.WrittenCount - start;
        }
        bytes.Write(derived.Head);
        var brace = bytes.WrittenCount;
        writer.Reset(bytes);
        JsonSerializer.Serialize(writer, @event, derived.Contract);
        writer.Flush();
        return Join(bytes, start, brace);
    }

    /// <summary>Two objects, the first without its end, become one.</summary>
    private static int Join(ArrayBufferWriter<byte> bytes, int start, int brace)
    {
        var written = MemoryMarshal.AsMemory(bytes.WrittenMemory).Span;
        var isEmpty = written[brace + 1] == (byte)'}';
        written[brace] = isEmpty ? (byte)'}' : (byte)',';
        return (isEmpty ? brace + 1 : written.Length) - start;
    }

    private static byte[] Head(string property, string name) =>
        Encoding.UTF8.GetBytes(
            $$"""{"{{JsonEncodedText.Encode(property)}}":"{{JsonEncodedText.Encode(name)}}" """.TrimEnd()
        );

    private readonly record struct Derived(byte[] Head, JsonTypeInfo Contract);
}
