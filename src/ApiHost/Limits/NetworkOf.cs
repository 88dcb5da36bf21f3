using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Actors.ApiHost.Limits;

/// <summary>What counts as one place on the network.</summary>
internal static class NetworkOf
{
    /// <summary>An IPv4 address, or the /64 network of an IPv6 one: whoever has one address of it has them all.</summary>
    public static UInt128 Address(IPAddress? address)
    {
        if (address is null)
        {
            return UInt128.Zero;
        }
        Span<byte> bytes = stackalloc byte[16];
        var mapped = address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address;
        mapped.TryWriteBytes(bytes, out _);
        var whole = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return mapped.IsIPv4MappedToIPv6 ? whole : whole >> 64;
    }
}
