using System.ComponentModel.DataAnnotations;
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
internal sealed record NetworkOptions
{
    [Setting("Networks such as 10.0.0.0/8, separated by commas, that are believed whom they speak for.")]
    public string? TrustedProxies { get; init; }
}

[Settings("Bench")]
internal sealed record BenchOptions
{
    [Setting("Whether there is a route that does nothing, as a yardstick.")]
    public bool Noop { get; init; }
}
