using System.Text;
using Actors.Grains.Hosting;
using Actors.Hosting;

namespace Actors.ApiHost.Auth;

/// <summary>
/// How tokens are checked. <c>Auth:SigningKey</c>: an HS256 secret of at least 32 bytes. <c>Auth:Jwks</c>: a key set, a
/// file or an https address; it needs <c>Auth:Issuer</c> and <c>Auth:Audience</c>, because a key set of others also signs
/// tokens that are not meant for us. With neither, a key is made in the data directory.
/// </summary>
public sealed record AuthOptions
{
    public const int MinimumSecretBytes = 32;

    public byte[]? SigningKey { get; init; }

    public string? Jwks { get; init; }

    public string? Issuer { get; init; }

    public string? Audience { get; init; }

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
            Issuer = settings.Text("Auth:Issuer"),
            Audience = settings.Text("Auth:Audience"),
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
        return options;
    }
}
