using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.Pets;

[Settings("Pets", HidesValues = true)]
public sealed record PetOptions : IValidatableObject
{
    private const int LongestKey = 4_096;
    private const int LongestModel = 200;

    [Setting("Seconds that a pet waits before it answers, so that messages in a row get one answer."), Range(0, 60)]
    public int ReplySeconds { get; init; } = 1;

    [Setting(
        "A service that speaks as OpenAI's does, such as https://api.openai.com/v1: https, or http on this machine.",
        Otherwise = "replies that are built in"
    )]
    public Uri? Endpoint { get; init; }

    [Setting("The key of the service.", IsSecret = true)]
    public string? Key { get; init; }

    [Setting("The language model, by the service's name for it.", Otherwise = "none; required with an endpoint")]
    public string? Model { get; init; }

    [Setting("Seconds that the service may take for an answer."), Range(0.1, 60.0)]
    public double TimeoutSeconds { get; init; } = 10;

    [Setting("Tokens that an answer of the service may have."), Range(16, 2_000)]
    public int ReplyTokens { get; init; } = 200;

    [Setting("Tokens of the service that the pets of one user may use in a day of UTC."), Range(0, 1_000_000_000)]
    public int TokensPerDay { get; init; } = 50_000;

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } address && !IsSafe(address))
        {
            yield return new ValidationResult("is an https address.", [nameof(Endpoint)]);
        }
        if (Model is null != Endpoint is null || Model?.Length > LongestModel)
        {
            yield return new ValidationResult("is named together with an endpoint, and not without.", [nameof(Model)]);
        }
        if (
            Key is { } key
            && (Endpoint is null || key.Length > LongestKey || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        )
        {
            yield return new ValidationResult("is a word of ASCII characters for an endpoint.", [nameof(Key)]);
        }
    }

    /// <summary>Leaves the key out, so that logging cannot leak it.</summary>
    public override string ToString() => $"{nameof(PetOptions)} {Endpoint} {Model}";

    private static bool IsSafe(Uri address) =>
        address.IsAbsoluteUri
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
