using Actors.Grains.Hosting;
using Microsoft.AspNetCore.HttpOverrides;

namespace Actors.ApiHost.Hosting;

/// <summary>
/// Trusted proxies are believed about the caller's address (X-Forwarded-For), and about whether she came over TLS
/// (X-Forwarded-Proto). With none, the address is the one that connected.
/// </summary>
internal static class ProxySetup
{
    private const string Setting = "Network:TrustedProxies";

    public static void UseTrustedProxies(this WebApplication app)
    {
        if (SettingsReader.Read<NetworkOptions>(app.Configuration).TrustedProxies is not { } networks)
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
