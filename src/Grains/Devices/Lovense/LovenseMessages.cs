using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Grains.Devices.Lovense;

/// <param name="Action">For the command Function, such as <c>Vibrate:16</c>.</param>
/// <param name="Name">For the command Preset, such as <c>pulse</c>.</param>
/// <param name="Rule">For the command Pattern: what follows it, and how long a step takes.</param>
/// <param name="Strength">For the command Pattern: its steps.</param>
internal sealed record LovenseCommand(
    string Token,
    string Uid,
    string Command,
    string? Action,
    string? Name,
    string? Rule,
    string? Strength,
    int TimeSec,
    int StopPrevious,
    int ApiVer
)
{
    /// <summary>Leaves the token out, so that logging cannot leak it.</summary>
    public override string ToString() => $"{Command} {Action}{Name}";
}

internal sealed record LovensePairing(string Token, string Uid, string Uname, string Utoken, int V)
{
    /// <summary>Leaves the tokens out, so that logging cannot leak them.</summary>
    public override string ToString() => $"{nameof(LovensePairing)} {Uid}";
}

internal sealed record LovenseAnswer(bool? Result, int? Code, JsonElement? Data);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    MaxDepth = 16
)]
[JsonSerializable(typeof(LovenseCommand))]
[JsonSerializable(typeof(LovensePairing))]
[JsonSerializable(typeof(LovenseAnswer))]
internal sealed partial class LovenseJson : JsonSerializerContext;
