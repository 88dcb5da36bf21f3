using System.Text;

namespace Actors.Bench.Load;

/// <summary>Requests written out once, so that sending one costs nothing but the system call.</summary>
internal static class RequestBytes
{
    public static ReadOnlyMemory<byte> Get(string path, string token) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n");

    public static ReadOnlyMemory<byte> WithBody(string method, string path, string token, string json) =>
        Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"
        );
}
