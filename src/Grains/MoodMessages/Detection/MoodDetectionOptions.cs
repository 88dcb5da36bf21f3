using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.MoodMessages.Detection;

[Settings("MoodDetection", HidesValues = true)]
public sealed record MoodDetectionOptions : IValidatableObject
{
    private const int LongestHeader = 64;
    private const int LongestKey = 4_096;

    [Setting(
        "A service that hears moods: https, or http on this machine.",
        Otherwise = "the detector that is built in"
    )]
    public Uri? Endpoint { get; init; }

    [Setting("The header that carries the key.")]
    public string KeyHeader { get; init; } = "X-Api-Key";

    [Setting("The key of the service.", IsSecret = true)]
    public string? Key { get; init; }

    [Setting("en or es, sent with each text.", Otherwise = "not sent")]
    public string? Language { get; init; }

    [Setting("Seconds that an answer may take in all, retries included."), Range(0.1, 20.0)]
    public double TimeoutSeconds { get; init; } = 2;

    [Setting("How often the service is asked again when it fails."), Range(0, 3)]
    public int Retries { get; init; } = 1;

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } address && !IsSafe(address))
        {
            yield return new ValidationResult("is an https address.", [nameof(Endpoint)]);
        }
        if (KeyHeader.Length is 0 or > LongestHeader || !KeyHeader.All(IsOfHeader))
        {
            yield return new ValidationResult("is the name of a header.", [nameof(KeyHeader)]);
        }
        if (Language is not (null or "en" or "es"))
        {
            yield return new ValidationResult("is en or es.", [nameof(Language)]);
        }
        if (Key is { } key && (key.Length > LongestKey || key.AsSpan().ContainsAnyExceptInRange(' ', '~')))
        {
            yield return new ValidationResult("is one line of ASCII characters.", [nameof(Key)]);
        }
    }

    /// <summary>Leaves the key out, so that logging cannot leak it.</summary>
    public override string ToString() => $"{nameof(MoodDetectionOptions)} {Endpoint}";

    private static bool IsOfHeader(char one) => char.IsAsciiLetterOrDigit(one) || one == '-';

    private static bool IsSafe(Uri address) =>
        address.IsAbsoluteUri
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
