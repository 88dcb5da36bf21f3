using System.Net;
using Actors.ApiHost.Auth.Revoking;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.Extensions.Primitives;

namespace Actors.ApiHost.Auth;

/// <summary>From the <c>Authorization</c> header to a caller, or to the reason why not.</summary>
internal sealed class Authenticator
{
    private const string Scheme = "Bearer ";

    private readonly CallerCache _cache;
    private readonly TokenValidator _validator;
    private readonly RequestLimiter _limiter;
    private readonly Revocations _revocations;
    private readonly TimeProvider _time;

    public Authenticator(
        KeyRing keys,
        TokenValidator validator,
        AuthOptions options,
        RequestLimiter limiter,
        Revocations revocations,
        TimeProvider time
    )
    {
        _cache = new CallerCache(options.CachedTokens);
        _validator = validator;
        _limiter = limiter;
        _revocations = revocations;
        _time = time;
        keys.OnChange(_cache.Clear);
        revocations.OnChange(_cache.Clear);
    }

    /// <summary>Told when a token names a key that is not known; perhaps the key set has a new one.</summary>
    public Action OnUnknownKey { get; set; } = () => { };

    /// <summary>Where the way has been held against the address already.</summary>
    public Refusal? Authenticate(StringValues header, out Caller caller) =>
        FindKnown(header, out caller) ? null : Check(header, out caller);

    /// <summary>
    /// Who is known already passes for nothing. Everything else is held against the address first and looked at then, for
    /// looking is what costs; a token that turns out to be good is not counted.
    /// </summary>
    public Refusal? Authenticate(StringValues header, IPAddress? address, IHeaderDictionary? answer, out Caller caller)
    {
        if (FindKnown(header, out caller))
        {
            return null;
        }
        if (_limiter.Admit(address, answer) is { } limited)
        {
            return limited;
        }
        var refusal = Check(header, out caller);
        if (refusal is null)
        {
            _limiter.GiveBack(address);
        }
        return refusal;
    }

    private bool FindKnown(StringValues header, out Caller caller)
    {
        caller = null!;
        return header is [{ } text]
            && IsBearer(text)
            && TokenDigest.TryCompute(TokenIn(text), out var digest)
            && (caller = _cache.Find(digest)!) is not null
            && _time.GetUtcNow() < caller.ExpiresAt;
    }

    private Refusal? Check(StringValues header, out Caller caller)
    {
        caller = null!;
        if (header.Count == 0)
        {
            return AuthRefusals.Unauthorized;
        }
        if (header.Count > 1 || header[0] is not { } text || !IsBearer(text))
        {
            return AuthRefusals.TokenInvalid;
        }
        var token = TokenIn(text);
        if (!TokenDigest.TryCompute(token, out var digest))
        {
            return AuthRefusals.TokenInvalid;
        }
        // What is known and comes here has expired.
        return _cache.Find(digest) is not null ? AuthRefusals.TokenExpired : CheckNew(token, digest, out caller);
    }

    private Refusal? CheckNew(ReadOnlySpan<char> token, in TokenDigest digest, out Caller caller)
    {
        caller = null!;
        var generation = _cache.Current;
        var check = _validator.Check(token);
        if (check.Passed(out var subject))
        {
            if (!_revocations.IsKnown)
            {
                return HttpRefusals.Unavailable;
            }
            if (_revocations.Refuses(subject.Role, subject.Id, subject.IssuedAt, subject.TokenId))
            {
                return AuthRefusals.TokenRevoked;
            }
            caller = _limiter.CallerOf(subject);
            _cache.Add(generation, digest, caller);
            return null;
        }
        if (check.Fault == TokenFault.UnknownKey)
        {
            OnUnknownKey();
        }
        return check.Fault switch
        {
            TokenFault.Expired => AuthRefusals.TokenExpired,
            TokenFault.NotYetValid => AuthRefusals.TokenNotYetValid,
            TokenFault.TooLong => AuthRefusals.TokenTooLong,
            _ => AuthRefusals.TokenInvalid,
        };
    }

    private static ReadOnlySpan<char> TokenIn(string text) => text.AsSpan(Scheme.Length).TrimStart(' ');

    private static bool IsBearer(string text) =>
        text.StartsWith(Scheme, StringComparison.Ordinal)
        || text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
}
