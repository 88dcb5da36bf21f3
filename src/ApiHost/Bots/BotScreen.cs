using System.Text.Json.Serialization;
using Actors.ApiHost.Http;

namespace Actors.ApiHost.Bots;

/// <summary>One step of the way, as any chat can show it.</summary>
internal sealed record BotScreen(string Text, IReadOnlyList<BotButton> Buttons);

/// <param name="Id">Carries all that is known of the way so far; nothing is kept.</param>
internal sealed record BotButton(string Id, string Label);

internal sealed record PressRequest(string? Button);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(BotScreen))]
[JsonSerializable(typeof(PressRequest))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class BotJson : JsonSerializerContext;
