using System.Text;
using Actors.Grains.Hosting;
using Actors.Hosting;

namespace Actors.ApiHost.Auth;

/// <summary>
/// How tokens are checked. <c>Auth:SigningKey</c>: an HS256 secret of at least 32 bytes. <c>Auth:Jwks</c>: a key set, a
/// file or an https address; it needs <c>Auth:Issuer</c> and <c>Auth:Audience</c>, because a key set of others also signs
/// tokens that are not meant for us. <c>Auth:Authority</c>: the https address of an issuer that publishes where its key set
/// lies (OpenID Connect discovery); it needs <c>Auth:Audience</c>. With none of them, a key is made in the data directory.
/// </summary>
public sealed record AuthOptions
{
    public const int MinimumSecretBytes = 32;
    public const int MostTokenHours = 24 * 366;

    public byte[]? SigningKey { get; init; }

    public string? Jwks { get; init; }

    public string? Authority { get; init; }

    public string? Issuer { get; init; }

    public string? Audience { get; init; }

    /// <summary>Hours for which a token may be good from its issue on; 744 unless set, 1 to 8,784.</summary>
    public int LongestTokenHours { get; init; } = 744;

    public TimeSpan LongestToken => TimeSpan.FromHours(LongestTokenHours);

    /// <summary>
    /// Whether a service's token without a <c>scope</c> allows nothing; otherwise it has the rights of its role. False unless set.
    /// </summary>
    public bool ServicesNeedScope { get; init; }

    /// <summary>Whether tokens come from an issuer of its own, whose keys are published.</summary>
    public bool HasPublishedKeys => Jwks is not null || Authority is not null;

    /// <summary>Seconds between two readings of the key set; 300 unless set, 10 to 86,400.</summary>
    public int JwksRefreshSeconds { get; init; } = 300;

    /// <summary>Tokens remembered as valid, each about 300 bytes; 65,536 unless set, 1,024 to 10,000,000.</summary>
    public int CachedTokens { get; init; } = 65_536;

    public static AuthOptions Read(IConfiguration settings)
    {
        var options = new AuthOptions
        {
            SigningKey = settings.Text("Auth:SigningKey") is { } secret ? Encoding.UTF8.GetBytes(secret) : null,
            Jwks = settings.Text("Auth:Jwks"),
            Authority = settings.Text("Auth:Authority"),
            // An issuer is called by the address under which it is discovered.
            Issuer = settings.Text("Auth:Issuer") ?? settings.Text("Auth:Authority"),
            Audience = settings.Text("Auth:Audience"),
            LongestTokenHours = settings.WholeNumber("Auth:LongestTokenHours", 744, 1, MostTokenHours),
            ServicesNeedScope = settings.Switch("Auth:ServicesNeedScope", otherwise: false),
            JwksRefreshSeconds = settings.WholeNumber("Auth:JwksRefreshSeconds", 300, 10, 86_400),
            CachedTokens = settings.WholeNumber("Auth:CachedTokens", 65_536, 1_024, 10_000_000),
        };
        if (options.SigningKey is { Length: < MinimumSecretBytes })
        {
            throw new SettingException("Auth:SigningKey", $"has at least {MinimumSecretBytes} bytes.");
        }
        if (options.Jwks is not null && (options.Issuer is null || options.Audience is null))
        {
            throw new SettingException("Auth:Jwks", "needs Auth:Issuer and Auth:Audience beside it.");
        }
        if (options.Authority is not null && (options.Jwks is not null || options.Audience is null))
        {
            throw new SettingException("Auth:Authority", "needs Auth:Audience, and no Auth:Jwks, beside it.");
        }
        return options;
    }
}
