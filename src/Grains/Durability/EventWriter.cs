using System.Buffers;
using System.Collections.Frozen;
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

    public byte[] Write(TEvent @event) =>
        _derived.TryGetValue(@event.GetType(), out var derived)
            ? Scratch.Join(derived.Head, @event, derived.Contract)
            : JsonSerializer.SerializeToUtf8Bytes(@event, _contract);

    private static byte[] Head(string property, string name) =>
        Encoding.UTF8.GetBytes(
            $$"""{"{{JsonEncodedText.Encode(property)}}":"{{JsonEncodedText.Encode(name)}}" """.TrimEnd()
        );

    private readonly record struct Derived(byte[] Head, JsonTypeInfo Contract);
}

/// <summary>Where a thread writes one event after the other; a writer and its memory for each would cost more than the event.</summary>
file static class Scratch
{
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Writer)? _own;

    /// <summary>Two objects, the first without its end, become one.</summary>
    public static byte[] Join(ReadOnlySpan<byte> head, object value, JsonTypeInfo contract)
    {
        var (bytes, writer) = _own ??= Make();
        bytes.ResetWrittenCount();
        writer.Reset(bytes);
        JsonSerializer.Serialize(writer, value, contract);
        writer.Flush();
        var members = bytes.WrittenSpan[1..];
        return members is [(byte)'}'] ? [.. head, .. members] : [.. head, (byte)',', .. members];
    }

    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Writer) Make()
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        return (bytes, new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true }));
    }
}
