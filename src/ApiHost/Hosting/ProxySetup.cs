using Actors.Grains.Hosting;
using Actors.Hosting;
using Microsoft.AspNetCore.HttpOverrides;

namespace Actors.ApiHost.Hosting;

/// <summary>
/// <c>Network:TrustedProxies</c>: networks such as <c>10.0.0.0/8</c>, separated by commas, whose word on the caller's
/// address is taken (X-Forwarded-For), and on whether she came over TLS (X-Forwarded-Proto). With none, the address is the
/// one that connected.
/// </summary>
internal static class ProxySetup
{
    private const string Setting = "Network:TrustedProxies";

    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Configuration.Text(Setting) is not { } networks)
        {
            return;
        }
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks.Split(',', StringSplitOptions.TrimEntries))
        {
            options.KnownIPNetworks.Add(
                System.Net.IPNetwork.TryParse(network, out var parsed)
                    ? parsed
                    : throw new SettingException(Setting, $"holds '{network}', which is no network such as 10.0.0.0/8.")
            );
        }
        app.UseForwardedHeaders(options);
    }
}
