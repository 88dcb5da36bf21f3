using Actors.Grains.Hosting;
using Microsoft.AspNetCore.HttpOverrides;

namespace Actors.ApiHost.Hosting;

/// <summary>
/// Trusted proxies are believed about the caller's address (X-Forwarded-For), and about whether she came over TLS
/// (X-Forwarded-Proto). With none, the address is the one that connected.
/// </summary>
internal static class ProxySetup
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = SettingsReader.Read<NetworkOptions>(app.Configuration).Proxies;
        if (proxies.Count == 0)
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
        foreach (var network in proxies)
        {
            options.KnownIPNetworks.Add(network);
        }
        app.UseForwardedHeaders(options);
    }
}
