using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Devices.Lovense;

/// <summary>
/// Lovense's server API: pairing by a QR code, and commands that reach the model's toys through the vendor's app. A model's
/// id is the user id there; an id of ours holds no comma, which would address several users.
/// </summary>
public sealed partial class LovenseDevice(DeviceOptions options, TimeProvider time, ILogger<LovenseDevice> logger)
    : IDevice,
        IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;
    private const int MaxUrlLength = 2_000;
    private const int MaxCodeLength = 100;

    // 0 would never stop, and the service asks for more than one second.
    private const int LeastSeconds = 2;

    private static readonly TimeSpan QrLife = TimeSpan.FromHours(4);

    private readonly string _pairingSecret = options.PairingSecret ?? options.LovenseToken;
    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        }
    )
    {
        BaseAddress = options.LovenseAddress,
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    public string Service => "lovense";

    public bool IsAlwaysPaired => false;

    public async Task<Outcome<DevicePairing>> PairAsync(string modelId, string displayName)
    {
        var token = PairingToken.Of(modelId, _pairingSecret);
        var request = new LovensePairing(options.LovenseToken, modelId, displayName, token, V: 2);
        var (answer, failure) = await PostAsync("api/lan/getQrCode", request, LovenseJson.Default.LovensePairing);
        // Here success is code 0, and in commands 200.
        var pairing = answer is { Result: not false, Code: 0 or 200 } ? PairingIn(answer.Data) : null;
        if (pairing is null)
        {
            LogPairingFailed(failure ?? LovenseFailures.OfCode(answer!.Code));
            return DeviceRefusals.DeviceServiceUnavailable;
        }
        return pairing;
    }

    public bool IsOurs(string modelId, string token) => PairingToken.IsOf(modelId, _pairingSecret, token);

    public async Task<string?> CommandAsync(DeviceCommand command)
    {
        var activation = command.Activation;
        if (activation is { Intensity: <= 0, Pattern: null })
        {
            // A strength of 0 would silence what another purchase has started.
            return null;
        }
        var (answer, failure) = await PostAsync(
            "api/lan/v2/command",
            CommandFor(command.ModelId, activation),
            LovenseJson.Default.LovenseCommand
        );
        failure ??= answer is { Result: not false, Code: 200 } ? null : LovenseFailures.OfCode(answer!.Code);
        if (failure is not null)
        {
            LogCommandFailed(failure);
        }
        return failure;
    }

    public void Dispose() => _http.Dispose();

    private LovenseCommand CommandFor(string modelId, DeviceActivation activation)
    {
        var command = new LovenseCommand(
            options.LovenseToken,
            modelId,
            "Function",
            Action: null,
            Name: null,
            Rule: null,
            Strength: null,
            Math.Max(LeastSeconds, activation.Duration),
            // By default a command ends the one before, which somebody else has paid for.
            StopPrevious: 0,
            ApiVer: 1
        );
        return activation switch
        {
            { Pattern: null } => command with { Action = Actions(activation.Intensity) },
            { Intensity: > 0, Pattern: { } pattern } when LovensePattern.Knows(pattern) => command with
            {
                Command = "Pattern",
                Rule = LovensePattern.RuleFor(options.Functions),
                Strength = LovensePattern.StrengthsFor(pattern, activation.Intensity),
            },
            _ => command with { Command = "Preset", Name = activation.Pattern },
        };
    }

    private string Actions(int intensity) =>
        string.Join(',', options.Functions.Select(function => function.At(intensity)));

    private DevicePairing? PairingIn(JsonElement? data)
    {
        var url = TextIn(data, "qr", MaxUrlLength);
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? new DevicePairing(url!, TextIn(data, "code", MaxCodeLength), time.GetUtcNow() + QrLife)
            : null;
    }

    private static string? TextIn(JsonElement? data, string name, int maxLength) =>
        data is { ValueKind: JsonValueKind.Object } members
        && members.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.String
        && member.GetString() is { } text
        && text.Length <= maxLength
            ? text
            : null;

    /// <summary>An answer, or why there is none.</summary>
    private async Task<(LovenseAnswer? Answer, string? Failure)> PostAsync<T>(
        string path,
        T body,
        JsonTypeInfo<T> contract
    )
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        try
        {
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, contract));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.PostAsync(path, content, timeout.Token);
            if (!response.IsSuccessStatusCode)
            {
                return (null, LovenseFailures.OfStatus((int)response.StatusCode));
            }
            var json = await response.Content.ReadAsByteArrayAsync(timeout.Token);
            return JsonSerializer.Deserialize(json, LovenseJson.Default.LovenseAnswer) is { } answer
                ? (answer, null)
                : (null, LovenseFailures.Malformed);
        }
        catch (OperationCanceledException)
        {
            return (null, LovenseFailures.NoAnswer);
        }
        catch (JsonException)
        {
            return (null, LovenseFailures.Malformed);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (null, LovenseFailures.Of(exception));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A device command failed: {Failure}")]
    private partial void LogCommandFailed(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A device pairing could not be begun: {Failure}")]
    private partial void LogPairingFailed(string failure);
}
