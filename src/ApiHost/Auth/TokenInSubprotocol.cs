using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Actors.ApiHost.Auth;

/// <summary>
/// A route that also takes the token from <c>Sec-WebSocket-Protocol: bearer, token</c>, the one header that scripts of a
/// page can set. Never from the address, which ends up in logs and histories.
/// </summary>
internal sealed record TokenInSubprotocol
{
    public const string Subprotocol = "bearer";

    public static readonly TokenInSubprotocol It = new();

    /// <summary>As an <c>Authorization</c> header would have it; nothing when the subprotocols are others.</summary>
    public static StringValues Read(HttpRequest request) =>
        request.Headers.GetCommaSeparatedValues(HeaderNames.SecWebSocketProtocol) is [Subprotocol, var token]
            ? $"Bearer {token}"
            : StringValues.Empty;
}
