using System.ComponentModel.DataAnnotations;
using Actors.Grains.Devices.Lovense;
using Actors.Grains.Hosting;

namespace Actors.Grains.Devices;

[Settings("Devices", HidesValues = true)]
public sealed record DeviceOptions : IValidatableObject
{
    private const int LeastSecretLength = 16;

    [Setting("What moves devices: sandbox, or lovense for real ones.")]
    public DeviceService Service { get; init; }

    [Setting("The developer token; required for lovense.")]
    public string LovenseToken { get; init; } = "";

    [Setting("Where Lovense is reached: https, or http on this machine.")]
    public Uri LovenseAddress
    {
        get;
        init => field = value.IsAbsoluteUri ? new Uri(value.AbsoluteUri.TrimEnd('/') + "/") : value;
    } = new("https://api.lovense-api.com/");

    [Setting("What runs when no pattern is bought, such as Vibrate,Rotate.")]
    public string LovenseFunctions { get; init; } = LovenseFunction.Vibrate.Name;

    /// <summary>By default the developer token, which then cannot be replaced without pairing anew.</summary>
    [Setting("Proves that a pairing is ours.", Otherwise = "the developer token")]
    [MinLength(LeastSecretLength, ErrorMessage = "has at least 16 characters")]
    public string? PairingSecret { get; init; }

    [Setting("Seconds that the service may take to answer."), Range(0.1, 20.0)]
    public double TimeoutSeconds { get; init; } = 10;

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    internal IReadOnlyList<LovenseFunction> Functions =>
        LovenseFunction.TryParse(LovenseFunctions, out var functions) ? functions : [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSafe(LovenseAddress))
        {
            yield return new ValidationResult("is an https address.", [nameof(LovenseAddress)]);
        }
        if (Functions is [])
        {
            yield return new ValidationResult(
                $"names some of {string.Join(", ", LovenseFunction.All)}.",
                [nameof(LovenseFunctions)]
            );
        }
        if (Service == DeviceService.Lovense && LovenseToken.Length == 0)
        {
            yield return new ValidationResult("is required for Devices:Service=lovense.", [nameof(LovenseToken)]);
        }
    }

    /// <summary>Leaves the secrets out, so that logging cannot leak them.</summary>
    public override string ToString() => $"{nameof(DeviceOptions)} {Service} {LovenseAddress}";

    private static bool IsSafe(Uri address) =>
        address.IsAbsoluteUri
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}

public enum DeviceService
{
    Sandbox,
    Lovense,
}
