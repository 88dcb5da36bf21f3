using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Actors.ApiHost.Auth;

/// <summary>Reads what an issuer publishes: a file, or over https and nothing less.</summary>
internal sealed class KeyDocuments(IDocumentRetriever files, IDocumentRetriever web)
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";

    public KeyDocuments(HttpClient http)
        : this(new FileDocumentRetriever(), new HttpDocumentRetriever(http) { RequireHttps = true }) { }

    /// <exception cref="FormatException">It is neither a file nor an https address.</exception>
    public Task<string> ReadAsync(string source, CancellationToken cancellation)
    {
        if (!source.Contains("://", StringComparison.Ordinal))
        {
            return files.GetDocumentAsync(source, cancellation);
        }
        return source.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? web.GetDocumentAsync(source, cancellation)
            : throw new FormatException("only a file or an https address can be trusted.");
    }

    /// <summary>Where the key set of an issuer lies, as it says itself (OpenID Connect Discovery 1.0).</summary>
    /// <exception cref="FormatException">What is published there is not about this issuer.</exception>
    public async Task<string> DiscoverAsync(string authority, CancellationToken cancellation)
    {
        var address = authority.TrimEnd('/') + DiscoveryPath;
        if (!address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException("only an https address can be trusted.");
        }
        var found = Parse(await ReadAsync(address, cancellation));
        // Section 4.3: otherwise one issuer could speak for another.
        if (found.Issuer != authority)
        {
            throw new FormatException($"{address} is about the issuer '{found.Issuer}'.");
        }
        return found.JwksUri is { Length: > 0 } keys && keys.Contains("://", StringComparison.Ordinal)
            ? keys
            : throw new FormatException($"{address} does not say where the key set lies.");
    }

    private static OpenIdConnectConfiguration Parse(string json)
    {
        try
        {
            return OpenIdConnectConfiguration.Create(json);
        }
        catch (ArgumentException fault)
        {
            throw new FormatException("what the issuer publishes cannot be read.", fault);
        }
    }
}
