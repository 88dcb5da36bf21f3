using System.Net;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>
/// Where requests may go: only to public unicast addresses, so that nobody can use the platform to reach what stands
/// behind its own walls.
/// </summary>
public static class WebhookAddress
{
    private const int MaxUrlLength = 2_000;

    private static readonly IPNetwork[] ClosedV4 =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            // Azure's host agent: looks public, answers every virtual machine.
            "168.63.129.16/32",
        }.Select(static text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork OpenV6 = IPNetwork.Parse("2000::/3");

    // Special purposes, documentation, and the tunnels that carry an IPv4 address inside.
    private static readonly IPNetwork[] ClosedV6 =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(static text =>
            IPNetwork.Parse(text)
        ),
    ];

    /// <summary>Whether a connection may be made to an address that a name was resolved to.</summary>
    public static bool IsAllowed(IPAddress address, bool allowLoopback)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        if (IPAddress.IsLoopback(address))
        {
            return allowLoopback;
        }
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? !ClosedV4.Any(network => network.Contains(address))
            : OpenV6.Contains(address) && !ClosedV6.Any(network => network.Contains(address));
    }

    /// <summary>Whether a webhook may have this address. A name is looked up, and judged again, at every connection.</summary>
    public static bool IsAllowed(string? text, bool allowInsecure)
    {
        if (text is not { Length: > 0 and <= MaxUrlLength } || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            return false;
        }
        var scheme = url.Scheme == Uri.UriSchemeHttps || (allowInsecure && url.Scheme == Uri.UriSchemeHttp);
        if (!scheme || url.UserInfo.Length > 0 || url.Fragment.Length > 0 || url.IdnHost.Length == 0)
        {
            return false;
        }
        return IPAddress.TryParse(url.IdnHost, out var address)
            ? IsAllowed(address, allowInsecure)
            : allowInsecure || !IsLocalName(url.IdnHost.TrimEnd('.'));
    }

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || !host.Contains('.', StringComparison.Ordinal);
}
