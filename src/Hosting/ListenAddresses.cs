using System.Net;
using System.Net.Sockets;
using Actors.Grains.Hosting;

namespace Actors.Hosting;

/// <summary>
/// The addresses to listen on are tried before anything starts: a port that is taken would otherwise be found out about
/// when the grains run already.
/// </summary>
internal static class ListenAddresses
{
    private const string Setting = "urls";
    private const string UsualAddress = "http://localhost:5000";

    /// <exception cref="SettingException">One is no address, or cannot be listened on.</exception>
    public static void Require(IConfiguration settings)
    {
        var addresses = settings.Text(Setting) ?? UsualAddress;
        foreach (var text in addresses.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var address = Parse(text);
            if (!address.IsUnixPipe && address.Port != 0)
            {
                Try(text, address);
            }
        }
    }

    private static BindingAddress Parse(string text)
    {
        try
        {
            if (
                BindingAddress.Parse(text) is { Scheme: "http" or "https", Port: >= 0 and <= 65535 } address
                // What is no number after the colon is taken for a part of the name.
                && (
                    address.IsUnixPipe
                    || Uri.CheckHostName(address.Host) != UriHostNameType.Unknown
                    || address.Host is "+" or "*"
                )
            )
            {
                return address;
            }
        }
        catch (FormatException)
        {
            // Said below.
        }
        throw new SettingException(Setting, $"holds '{text}', which is no address such as http://+:8080.");
    }

    private static void Try(string text, BindingAddress address)
    {
        try
        {
            using var socket = new TcpListener(HostOf(address), address.Port);
            socket.Start();
        }
        catch (SocketException fault)
        {
            var reason = fault.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "where somebody else listens already",
                SocketError.AccessDenied => "where this process may not listen",
                SocketError.AddressNotAvailable => "which is no address of this machine",
                _ => fault.Message,
            };
            throw new SettingException(Setting, $"holds '{text}', {reason}.");
        }
    }

    // Names stand for every address, as they do for the server.
    private static IPAddress HostOf(BindingAddress address) =>
        address.Host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(address.Host.Trim('[', ']'), out var one) ? one
        : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any
        : IPAddress.Any;
}
