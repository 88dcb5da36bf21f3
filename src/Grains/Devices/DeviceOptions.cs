using System.Globalization;
using Actors.Grains.Devices.Lovense;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Devices;

/// <summary>Section <c>Devices</c> of the settings.</summary>
public sealed record DeviceOptions
{
    private const int MaxTimeoutSeconds = 20;
    private const int LeastSecretLength = 16;

    /// <summary><c>Devices:Service</c>: <c>sandbox</c> (default) or <c>lovense</c>.</summary>
    public DeviceService Service { get; init; }

    /// <summary><c>Devices:LovenseToken</c>: the developer token; required for lovense, never shown.</summary>
    public string LovenseToken { get; init; } = "";

    /// <summary><c>Devices:LovenseAddress</c>: https, or http on this machine.</summary>
    public Uri LovenseAddress { get; init; } = new("https://api.lovense-api.com/");

    /// <summary>
    /// <c>Devices:LovenseFunctions</c>: what runs when no pattern is bought, such as <c>Vibrate,Rotate</c>; Vibrate by default.
    /// </summary>
    public IReadOnlyList<LovenseFunction> LovenseFunctions { get; init; } = [LovenseFunction.Vibrate];

    /// <summary>
    /// <c>Devices:PairingSecret</c>: proves that a pairing is ours, at least 16 characters; by default the developer token,
    /// which then cannot be replaced without pairing anew.
    /// </summary>
    public string? PairingSecret { get; init; }

    /// <summary><c>Devices:TimeoutSeconds</c>: how long the service may take to answer, 1 to 20; 10 by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static DeviceOptions From(IConfiguration configuration)
    {
        var defaults = new DeviceOptions();
        var options = new DeviceOptions
        {
            Service = Read(configuration, "Service", defaults.Service, TryService, "is sandbox or lovense"),
            LovenseToken = configuration["Devices:LovenseToken"] ?? "",
            LovenseAddress = Read(
                configuration,
                "LovenseAddress",
                defaults.LovenseAddress,
                TryAddress,
                "is an https address"
            ),
            LovenseFunctions = Read(
                configuration,
                "LovenseFunctions",
                defaults.LovenseFunctions,
                LovenseFunction.TryParse,
                $"names some of {string.Join(", ", LovenseFunction.All)}"
            ),
            PairingSecret = Read<string?>(
                configuration,
                "PairingSecret",
                null,
                TrySecret,
                $"has at least {LeastSecretLength} characters"
            ),
            Timeout = Read(
                configuration,
                "TimeoutSeconds",
                defaults.Timeout,
                TryTimeout,
                $"is a whole number from 1 to {MaxTimeoutSeconds}"
            ),
        };
        return options.Service == DeviceService.Lovense && options.LovenseToken.Length == 0
            ? throw new SettingException("Devices:LovenseToken", "is required for Devices:Service=lovense.")
            : options;
    }

    /// <summary>Leaves the secrets out, so that logging cannot leak them.</summary>
    public override string ToString() => $"{nameof(DeviceOptions)} {Service} {LovenseAddress}";

    private delegate bool Parser<T>(string text, out T value);

    private static T Read<T>(
        IConfiguration configuration,
        string name,
        T otherwise,
        Parser<T> parse,
        string expected
    ) =>
        configuration[$"Devices:{name}"] is not { Length: > 0 } text ? otherwise
        : parse(text, out var value) ? value
        // The text is left out: it may be a secret at the wrong place.
        : throw new SettingException($"Devices:{name}", $"{expected}.");

    private static bool TryService(string text, out DeviceService service)
    {
        service = text == "lovense" ? DeviceService.Lovense : DeviceService.Sandbox;
        return text is "sandbox" or "lovense";
    }

    private static bool TryAddress(string text, out Uri address)
    {
        var parsed = Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri);
        address = uri!;
        return parsed && (uri!.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
    }

    private static bool TrySecret(string text, out string? secret)
    {
        secret = text;
        return text.Length >= LeastSecretLength;
    }

    private static bool TryTimeout(string text, out TimeSpan timeout)
    {
        var parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        timeout = TimeSpan.FromSeconds(seconds);
        return parsed && seconds is >= 1 and <= MaxTimeoutSeconds;
    }
}

public enum DeviceService
{
    Sandbox,
    Lovense,
}
