using System.ComponentModel.DataAnnotations;
using System.Text;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Auth;

/// <summary>
/// How tokens are checked. A key set of others also signs tokens that are not meant for us, so it needs issuer and audience
/// beside it. With neither key nor key set, a key is made in the data directory.
/// </summary>
[Settings("Auth")]
public sealed record AuthOptions : IValidatableObject
{
    public const int MinimumSecretBytes = 32;

    [Setting("An HS256 secret.", Otherwise = "made in the data directory", IsSecret = true)]
    public string? SigningKey { get; init; }

    [Setting("A key set: a file or an https address; needs Auth:Issuer and Auth:Audience.")]
    public string? Jwks { get; init; }

    [Setting("Who issues tokens.", Otherwise = "not checked")]
    public string? Issuer { get; init; }

    [Setting("For whom tokens are issued.", Otherwise = "not checked")]
    public string? Audience { get; init; }

    [Setting("Seconds between two readings of the key set."), Range(10, 86_400)]
    public int JwksRefreshSeconds { get; init; } = 300;

    [Setting("Tokens remembered as valid, each about 300 bytes."), Range(1_024, 10_000_000)]
    public int CachedTokens { get; init; } = 65_536;

    public byte[]? Secret => SigningKey is null ? null : Encoding.UTF8.GetBytes(SigningKey);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secret is { Length: < MinimumSecretBytes })
        {
            yield return new ValidationResult($"has at least {MinimumSecretBytes} bytes.", [nameof(SigningKey)]);
        }
        if (Jwks is not null && (Issuer is null || Audience is null))
        {
            yield return new ValidationResult("needs Auth:Issuer and Auth:Audience beside it.", [nameof(Jwks)]);
        }
    }
}
