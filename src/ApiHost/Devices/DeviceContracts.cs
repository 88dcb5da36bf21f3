using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Devices;

namespace Actors.ApiHost.Devices;

/// <param name="QrUrl">A picture to be scanned; empty when there is nothing to pair.</param>
internal sealed record DevicePairingResponse(string QrUrl, string? Code, DateTimeOffset ExpiresAt)
{
    public static DevicePairingResponse From(DevicePairing pairing) =>
        new(pairing.QrUrl, pairing.Code, pairing.ExpiresAt);
}

internal sealed record DeviceResponse(
    string ModelId,
    string Service,
    bool Paired,
    IReadOnlyList<PairedDeviceResponse> Devices,
    IReadOnlyList<DeviceCommandResponse> Recent
)
{
    public static DeviceResponse From(DeviceView device) =>
        new(
            device.ModelId,
            device.Service,
            device.Paired,
            [.. device.Devices.Select(static one => new PairedDeviceResponse(one.DeviceId, one.Name, one.Online))],
            [.. device.Recent.Select(DeviceCommandResponse.From)]
        );
}

internal sealed record PairedDeviceResponse(string DeviceId, string Name, bool Online);

/// <param name="Failure">Null when the device did it.</param>
internal sealed record DeviceCommandResponse(
    string PurchaseId,
    int TimingOffset,
    int Duration,
    int Intensity,
    string? Pattern,
    DateTimeOffset At,
    string? Failure
)
{
    public static DeviceCommandResponse From(DeviceCommandRecord record) =>
        new(
            record.PurchaseId.ToString(),
            record.Activation.TimingOffset,
            record.Activation.Duration,
            record.Activation.Intensity,
            record.Activation.Pattern,
            record.At,
            record.Failure
        );
}

/// <summary>What Lovense's app posts; it has more members than those that matter here.</summary>
internal sealed record LovenseCallbackRequest
{
    public string? Uid { get; init; }

    public string? Utoken { get; init; }

    public IReadOnlyDictionary<string, LovenseToyRequest?>? Toys { get; init; }

    /// <summary>Leaves the token out, so that logging a request cannot leak it.</summary>
    public override string ToString() => $"{nameof(LovenseCallbackRequest)} {Uid}";

    public PairedDevices ToDevices() =>
        new(
            Utoken ?? "",
            [
                .. (Toys ?? new Dictionary<string, LovenseToyRequest?>())
                    .Take(MaxToys)
                    .Select(static toy => new PairedDevice(
                        toy.Value?.Id ?? toy.Key,
                        toy.Value?.NickName is { Length: > 0 } name ? name : toy.Value?.Name ?? "",
                        toy.Value?.IsOnline ?? false
                    )),
            ]
        );

    private const int MaxToys = 20;
}

/// <param name="Status">1 or "1" for a toy that is connected.</param>
internal sealed record LovenseToyRequest(string? Id, string? Name, string? NickName, JsonElement? Status)
{
    [JsonIgnore]
    public bool IsOnline => Status?.ToString() is "1" or "True";
}

internal sealed record ReceivedResponse(bool Received);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(DevicePairingResponse))]
[JsonSerializable(typeof(DeviceResponse))]
[JsonSerializable(typeof(LovenseCallbackRequest))]
[JsonSerializable(typeof(ReceivedResponse))]
internal sealed partial class DeviceJson : JsonSerializerContext;
