using System.Diagnostics;
using System.Net;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Auth.Revoking;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Identity;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Auth;

[Trait("Spec", "ID-1")]
public sealed class AuthenticatorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly KeyRing _keys = new([TokenKey.OfSecret(Tokens.Secret)]);
    private readonly Revocations _revocations;
    private readonly Authenticator _authenticator;

    public AuthenticatorTests()
    {
        var options = new AuthOptions { CachedTokens = 1024 };
        _revocations = new Revocations(_time);
        _revocations.Apply(new RevocationList(0, []));
        _authenticator = new Authenticator(
            _keys,
            new TokenValidator(_keys, options, _time),
            options,
            new RequestLimiter(new LimitOptions(), _time),
            _revocations,
            _time
        );
    }

    /// <summary>Looks at three unknown tokens of an address at once.</summary>
    private Authenticator Strict()
    {
        var options = new AuthOptions();
        var limiter = new RequestLimiter(new LimitOptions { RequestsPerMinute = 60, Burst = 3 }, _time);
        return new(_keys, new TokenValidator(_keys, options, _time), options, limiter, _revocations, _time);
    }

    private string? Code(StringValues header) => _authenticator.Authenticate(header, null, null, out _)?.Code;

    private string Bearer(string sub = "ana", string extra = "") =>
        "Bearer " + Tokens.Hs256(Tokens.Claims(_time, extra, sub));

    [Fact]
    public void Without_a_header_the_caller_is_asked_to_sign_in() =>
        Assert.Equal(AuthRefusals.UnauthorizedCode, Code(StringValues.Empty));

    [Fact]
    public void The_scheme_is_read_without_regard_to_case() =>
        Assert.Null(Code("bEARER  " + Tokens.Hs256(Tokens.Claims(_time))));

    [Fact]
    public void Another_scheme_several_headers_or_text_beyond_ascii_is_an_invalid_token()
    {
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code("Basic YTpi"));
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code(""));
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code("Bearer"));
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code("Bearer "));
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code(Bearer() + "é"));
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code(Bearer() + ", " + Bearer()));
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code(new StringValues([Bearer(), Bearer()])));
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code("Bearer " + new string('a', 100_000)));
    }

    [Fact]
    public void A_remembered_token_still_expires()
    {
        var token = Bearer();
        Assert.Null(Code(token));
        _time.Advance(TimeSpan.FromSeconds(3659));
        Assert.Null(Code(token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthRefusals.TokenExpiredCode, Code(token));
    }

    [Fact]
    public void A_remembered_token_is_refused_once_its_key_is_withdrawn()
    {
        // Remembered for long, and just now: more tokens than one generation of the cache holds lie in between.
        var old = Bearer();
        Assert.Null(Code(old));
        for (var i = 0; i < 600; i++)
        {
            Assert.Null(Code(Bearer("guest" + i)));
        }
        var young = Bearer("young");
        Assert.Null(Code(young));
        _keys.Replace([TokenKey.OfSecret(new byte[32])]);
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code(old));
        Assert.Equal(AuthRefusals.TokenInvalidCode, Code(young));
    }

    [Theory]
    [InlineData(RevokedKind.Subject, "ana")]
    [InlineData(RevokedKind.Token, "t1")]
    [Trait("Spec", "SE-1")]
    public void A_remembered_token_is_refused_at_once_when_it_or_its_subject_is_revoked(RevokedKind kind, string value)
    {
        var revoked = Bearer(extra: $",\"iat\":{Now},\"jti\":\"t1\"");
        var other = Bearer("bo", $",\"iat\":{Now},\"jti\":\"t2\"");
        Assert.Null(Code(revoked));
        Assert.Null(Code(other));
        Revoke(1, kind, value);
        Assert.Equal(AuthRefusals.TokenRevokedCode, Code(revoked));
        Assert.Null(Code(other));
    }

    [Fact]
    [Trait("Spec", "SE-1")]
    public void A_token_of_a_revoked_subject_is_good_only_if_it_says_that_it_is_newer()
    {
        Revoke(1, RevokedKind.Subject, "ana");
        Assert.Equal(AuthRefusals.TokenRevokedCode, Code(Bearer()));
        Assert.Equal(AuthRefusals.TokenRevokedCode, Code(Bearer(extra: $",\"iat\":{Now}")));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthRefusals.TokenRevokedCode, Code(Bearer()));
        Assert.Null(Code(Bearer(extra: $",\"iat\":{Now}")));
    }

    [Fact]
    [Trait("Spec", "SE-1")]
    public void A_list_that_arrives_late_does_not_undo_a_newer_one()
    {
        Revoke(2, RevokedKind.Subject, "ana");
        _revocations.Apply(new RevocationList(1, []));
        Assert.Equal(AuthRefusals.TokenRevokedCode, Code(Bearer()));
    }

    [Fact]
    [Trait("Spec", "SE-1")]
    public void While_nobody_can_tell_what_is_revoked_no_token_is_accepted()
    {
        var unknown = new Revocations(_time);
        var options = new AuthOptions();
        var authenticator = new Authenticator(
            _keys,
            new TokenValidator(_keys, options, _time),
            options,
            new RequestLimiter(new LimitOptions(), _time),
            unknown,
            _time
        );
        Assert.Equal(HttpRefusals.UnavailableCode, authenticator.Authenticate(Bearer(), out _)?.Code);
        unknown.Apply(new RevocationList(0, []));
        Assert.Null(authenticator.Authenticate(Bearer(), out _));
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    [Trait("Spec", "ID-1")]
    public void An_id_is_revoked_in_the_role_that_was_named_and_in_every_role_when_none_was()
    {
        Revoke(1, RevokedKind.Subject, "ana", ActorRole.Admin);
        Assert.Null(Code(Bearer()));
        Revoke(2, RevokedKind.Subject, "ana", ActorRole.Model);
        Assert.Equal(AuthRefusals.TokenRevokedCode, Code(Bearer()));
        Revoke(3, RevokedKind.Subject, "ana");
        Assert.Equal(AuthRefusals.TokenRevokedCode, Code(Bearer()));
    }

    private void Revoke(long version, RevokedKind kind, string value, ActorRole? role = null)
    {
        var now = _time.GetUtcNow();
        var one = new Revocation(kind, value, now, now + Revocation.Kept, "Stolen", "root", role);
        _revocations.Apply(new RevocationList(version, [one]));
    }

    [Fact]
    public void An_unknown_key_name_asks_for_fresh_keys()
    {
        var asked = 0;
        _authenticator.OnUnknownKey = () => asked++;
        Code("Bearer " + Tokens.Hs256(Tokens.Claims(_time), """{"alg":"HS256","kid":"new"}"""));
        Assert.Equal(1, asked);
    }

    [Fact, Trait("Spec", "SE-1")]
    public void Forged_tokens_are_held_against_their_address_before_they_are_looked_at()
    {
        var asked = 0;
        var strict = Strict();
        strict.OnUnknownKey = () => asked++;
        string? CodeFrom(string address, StringValues header) =>
            strict.Authenticate(header, IPAddress.Parse(address), null, out _)?.Code;
        var known = Bearer("known");
        Assert.Null(CodeFrom("192.0.2.1", known));
        StringValues forged = "Bearer " + Tokens.Hs256(Tokens.Claims(_time), """{"alg":"HS256","kid":"new"}""");
        for (var guess = 0; guess < 3; guess++)
        {
            Assert.Equal(AuthRefusals.TokenInvalidCode, CodeFrom("192.0.2.1", forged));
        }

        Assert.Equal(LimitRefusals.TooManyRequestsCode, CodeFrom("192.0.2.1", forged));

        // It was not looked at, or its key would have been asked for.
        Assert.Equal(3, asked);
        Assert.Null(CodeFrom("192.0.2.1", known));
        Assert.Null(CodeFrom("192.0.2.2", Bearer("elsewhere")));
    }

    [Fact, Trait("Spec", "SE-1")]
    public void Good_tokens_however_many_are_not_held_against_their_address()
    {
        var strict = Strict();
        for (var person = 0; person < 50; person++)
        {
            Assert.Null(strict.Authenticate(Bearer("person" + person), IPAddress.Loopback, null, out _));
        }
    }

    [Fact]
    public void Many_different_tokens_do_not_push_out_the_one_that_is_in_use()
    {
        var used = Bearer("regular");
        _authenticator.Authenticate(used, null, null, out var first);
        for (var i = 0; i < 5_000; i++)
        {
            Assert.Null(Code(Bearer("guest" + i)));
            _authenticator.Authenticate(used, null, null, out var again);
            Assert.Same(first, again);
        }
    }

    [Fact]
    public void A_warm_check_allocates_nothing_and_takes_far_less_than_two_microseconds()
    {
        StringValues token = Bearer();
        Assert.Null(Code(token));
        const int rounds = 20_000;
        var best = double.MaxValue;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < rounds; i++)
            {
                _authenticator.Authenticate(token, null, null, out _);
            }
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / rounds);
        }
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < rounds, "A warm check allocates.");
        Assert.True(best < 10, $"A warm check took {best} µs.");
    }
}
