using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Live;

/// <summary>What both kinds of connection send: <c>{ "id", "type", "at", "data" }</c>; what passes has no id.</summary>
internal static class LiveMessages
{
    /// <summary>The first envelope: from here on nothing is missed.</summary>
    public static LiveChange Ready(DateTimeOffset at) => new(0, "ready", at, "{}"u8.ToArray());

    /// <summary>The last envelope of a connection that the server ends.</summary>
    public static LiveChange End(LiveEnd end, DateTimeOffset at) =>
        Of(0, "end", at, new LiveEndMessage(end), LiveJson.Default.LiveEndMessage);

    public static LiveChange Error(Refusal refusal, DateTimeOffset at) =>
        Of(0, "error", at, new LiveErrorMessage(refusal.Code, refusal.Message), LiveJson.Default.LiveErrorMessage);

    public static LiveChange Read(long unread, DateTimeOffset at) =>
        Of(0, "read", at, new LiveReadMessage(unread), LiveJson.Default.LiveReadMessage);

    public static LiveChange Of<T>(long position, string type, DateTimeOffset at, T data, JsonTypeInfo<T> contract) =>
        new(position, type, at, JsonSerializer.SerializeToUtf8Bytes(data, contract));

    public static void Write(IBufferWriter<byte> output, string? id, LiveChange change)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (id is not null)
        {
            json.WriteString("id"u8, id);
        }
        json.WriteString("type"u8, change.Type);
        json.WriteString("at"u8, change.At.UtcDateTime);
        json.WritePropertyName("data"u8);
        json.WriteRawValue(change.Data.Span, skipInputValidation: true);
        json.WriteEndObject();
    }
}

[JsonConverter(typeof(StrictEnumConverter<LiveEnd>))]
internal enum LiveEnd
{
    [JsonStringEnumMemberName("token_expired")]
    TokenExpired,

    [JsonStringEnumMemberName("stopping")]
    Stopping,

    [JsonStringEnumMemberName("switched_off")]
    SwitchedOff,
}

internal sealed record LiveEndMessage(LiveEnd Reason);

internal sealed record LiveErrorMessage(string Error, string Message);

internal sealed record LiveReadMessage(long Unread);

/// <summary>What a client may say over a WebSocket: that it has read some notifications, or all.</summary>
internal sealed record LiveCommand
{
    public string? Type { get; init; }

    public IReadOnlyList<long>? Ids { get; init; }

    public bool? All { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(LiveEndMessage))]
[JsonSerializable(typeof(LiveErrorMessage))]
[JsonSerializable(typeof(LiveReadMessage))]
[JsonSerializable(typeof(LiveCommand))]
internal sealed partial class LiveJson : JsonSerializerContext;
