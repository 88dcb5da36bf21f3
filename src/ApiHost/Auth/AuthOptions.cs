using System.ComponentModel.DataAnnotations;
using System.Text;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Auth;

/// <summary>
/// How tokens are checked. A key set of others also signs tokens that are not meant for us, so it needs issuer and audience
/// beside it; an issuer that is discovered by its address (OpenID Connect) needs the audience. With no key and nobody's key
/// set, a key is made in the data directory.
/// </summary>
[Settings("Auth")]
public sealed record AuthOptions : IValidatableObject
{
    public const int MinimumSecretBytes = 32;
    public const int MostTokenHours = 24 * 366;

    [Setting("An HS256 secret.", Otherwise = "made in the data directory", IsSecret = true)]
    public string? SigningKey { get; init; }

    [Setting("A key set: a file or an https address; needs Auth:Issuer and Auth:Audience.")]
    public string? Jwks { get; init; }

    [Setting("The https address of an issuer that says where its key set lies; needs Auth:Audience.")]
    public string? Authority { get; init; }

    [Setting("Who issues tokens.", Otherwise = "Auth:Authority, or not checked")]
    public string? Issuer
    {
        // An issuer is called by the address under which it is discovered.
        get => field ?? Authority;
        init;
    }

    [Setting("For whom tokens are issued.", Otherwise = "not checked")]
    public string? Audience { get; init; }

    [Setting("Hours for which a token may be good from its issue on."), Range(1, MostTokenHours)]
    public int LongestTokenHours { get; init; } = 744;

    public TimeSpan LongestToken => TimeSpan.FromHours(LongestTokenHours);

    [Setting("Whether a service's token without a scope allows nothing; otherwise it has the rights of its role.")]
    public bool ServicesNeedScope { get; init; }

    /// <summary>Whether tokens come from an issuer of its own, whose keys are published.</summary>
    public bool HasPublishedKeys => Jwks is not null || Authority is not null;

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
        if (Authority is not null && (Jwks is not null || Audience is null))
        {
            yield return new ValidationResult("needs Auth:Audience, and no Auth:Jwks, beside it.", [nameof(Authority)]);
        }
    }
}
