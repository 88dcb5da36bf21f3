using System.ComponentModel.DataAnnotations;
using System.Net;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Hosting;

[Settings("Host")]
internal sealed record StopOptions
{
    [Setting("Seconds that /readyz says no before a host that stops takes no more requests."), Range(0, 20)]
    public int DrainSeconds { get; init; }
}

[Settings("Tls")]
internal sealed record TlsOptions
{
    [Setting("TLS 1.3 only, once there is one: a PEM file with Tls:Key, or a PFX file.")]
    public string? Certificate { get; init; }

    [Setting("The PEM file of the certificate's key.")]
    public string? Key { get; init; }

    [Setting("The password of a PFX file.", IsSecret = true)]
    public string? Password { get; init; }
}

[Settings("Network")]
internal sealed record NetworkOptions : IValidatableObject
{
    [Setting("Networks such as 10.0.0.0/8, separated by commas, that are believed whom they speak for.")]
    public string TrustedProxies { get; init; } = "";

    public IReadOnlyList<IPNetwork> Proxies => [.. Texts.Select(IPNetwork.Parse)];

    private string[] Texts =>
        TrustedProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from text in Texts
        where !IPNetwork.TryParse(text, out _)
        select new ValidationResult(
            $"holds '{text}', which is no network such as 10.0.0.0/8.",
            [nameof(TrustedProxies)]
        );
}

[Settings("Cors")]
internal sealed record OriginOptions : IValidatableObject
{
    [Setting("Sites such as https://app.example, separated by commas, whose pages may call the API.")]
    public string Origins { get; init; } = "";

    public string[] Sites => Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from site in Sites
        where !IsOrigin(site)
        select new ValidationResult(
            $"holds '{site}', which is no origin such as https://app.example.",
            [nameof(Origins)]
        );

    // As browsers write it: a stroke at the end would never match.
    private static bool IsOrigin(string site) =>
        Uri.TryCreate(site, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.GetLeftPart(UriPartial.Authority) == site;
}

[Settings("Bench")]
internal sealed record BenchOptions
{
    [Setting("Whether there is a route that does nothing, as a yardstick.")]
    public bool Noop { get; init; }
}
