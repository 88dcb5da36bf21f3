using System.Security.Cryptography;
using System.Text;
using Actors.ApiHost.Auth;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Auth;

[Trait("Spec", "ID-1")]
public sealed class TokenClaimTests
{
    private readonly FakeTimeProvider _time = new();

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    private TokenFault Fault(string token, AuthOptions? options = null) =>
        Tokens.Validator(_time, options).Check(token).Fault;

    [Fact]
    public void Claims_that_repeat_a_member_nest_too_deep_or_are_no_object_are_refused()
    {
        var exp = Now + 3600;
        string[] claims =
        [
            $$"""{"sub":"ana","sub":"root","role":"model","exp":{{exp}}}""",
            $$"""{"sub":"ana","role":"model","role":"admin","exp":{{exp}}}""",
            $$"""{"sub":"ana","role":"model","r\u006fle":"admin","exp":{{exp}}}""",
            $$"""{"sub":"ana","role":"model","exp":1,"exp":{{exp}}}""",
            $$"""{"sub":"ana","role":["model"],"exp":{{exp}}}""",
            $$"""{"sub":["ana"],"role":"model","exp":{{exp}}}""",
            $$"""{"sub":"ana","role":"model","exp":"{{exp}}"}""",
            $$"""{"sub":"ana","role":"model","exp":{{exp}}} {}""",
            $$"""{"sub":"ana","role":"model","exp":{{exp}}} // comment""",
            $$"""[{"sub":"ana","role":"model","exp":{{exp}}}]""",
            $$"""{"sub":"\ud800","role":"model","exp":{{exp}}}""",
            $$"""{"sub":"ana","role":"model","exp":{{exp}},"deep":{{new string('[', 20)}}{{new string(']', 20)}} }""",
            """{"sub":"ana","role":"model"}""",
            """{"sub":"ana","role":"model","exp":null}""",
            """{"sub":"ana","role":"model","exp":1e400}""",
            """{"sub":"ana","role":"model","exp":99999999999999999}""",
            """{"sub":"ana","role":"model","exp":-1}""",
            "null",
            "",
        ];
        Assert.All(claims, text => Assert.Equal(TokenFault.Invalid, Fault(Tokens.Hs256(text))));
    }

    [Fact]
    public void Claims_that_are_not_utf8_are_refused()
    {
        var claims = Encoding.Latin1.GetBytes(Tokens.Claims(_time, extra: ",\"name\":\"\xff\""));
        var signed = $"{Tokens.Encode(Tokens.Header)}.{Tokens.Encode(claims)}";
        var signature = HMACSHA256.HashData(Tokens.Secret, Encoding.ASCII.GetBytes(signed));
        Assert.Equal(TokenFault.Invalid, Fault($"{signed}.{Tokens.Encode(signature)}"));
    }

    [Theory]
    [InlineData(-61, TokenFault.Expired)]
    [InlineData(-60, TokenFault.Expired)]
    [InlineData(-59, TokenFault.None)]
    [InlineData(0, TokenFault.None)]
    public void A_token_is_good_until_sixty_seconds_after_its_end(int secondsFromNow, object expected) =>
        Assert.Equal(
            (TokenFault)expected,
            Fault(Tokens.Hs256($$"""{"sub":"ana","role":"model","exp":{{Now + secondsFromNow}}}"""))
        );

    [Theory]
    [InlineData("nbf", 61, TokenFault.NotYetValid)]
    [InlineData("nbf", 60, TokenFault.None)]
    [InlineData("iat", 61, TokenFault.NotYetValid)]
    [InlineData("iat", 60, TokenFault.None)]
    [InlineData("iat", -100000, TokenFault.None)]
    public void A_token_from_the_future_is_refused_beyond_sixty_seconds(string claim, int seconds, object expected) =>
        Assert.Equal((TokenFault)expected, Fault(Tokens.Hs256(Tokens.Claims(_time, $",\"{claim}\":{Now + seconds}"))));

    [Theory]
    [InlineData(""","iss":"us","aud":"api" """, TokenFault.None)]
    [InlineData(""","iss":"us","aud":["other","api"] """, TokenFault.None)]
    [InlineData(""","iss":"us" """, TokenFault.Invalid)]
    [InlineData(""","aud":"api" """, TokenFault.Invalid)]
    [InlineData(""","iss":"them","aud":"api" """, TokenFault.Invalid)]
    [InlineData(""","iss":"us","aud":"other" """, TokenFault.Invalid)]
    [InlineData(""","iss":"us","aud":"api/" """, TokenFault.Invalid)]
    [InlineData(""","iss":"us","aud":["api",7] """, TokenFault.Invalid)]
    [InlineData(""","iss":"us/","aud":"api" """, TokenFault.Invalid)]
    [InlineData(""","iss":"US","aud":"api" """, TokenFault.Invalid)]
    [InlineData(""","iss":"us","aud":[] """, TokenFault.Invalid)]
    [InlineData(""","iss":"us","aud":{"api":1} """, TokenFault.Invalid)]
    [InlineData(""","iss":"us","aud":null """, TokenFault.Invalid)]
    [InlineData(""","iss":["us"],"aud":"api" """, TokenFault.Invalid)]
    public void A_token_is_for_us_only_with_our_issuer_and_audience(string extra, object expected)
    {
        var options = new AuthOptions { Issuer = "us", Audience = "api" };
        Assert.Equal((TokenFault)expected, Fault(Tokens.Hs256(Tokens.Claims(_time, extra.TrimEnd())), options));
    }

    [Theory]
    [InlineData(0, 24 * 3600, TokenFault.None)]
    [InlineData(0, (24 * 3600) + 1, TokenFault.TooLong)]
    [InlineData(-3600, 23 * 3600, TokenFault.None)]
    [InlineData(-3600, (23 * 3600) + 1, TokenFault.TooLong)]
    [InlineData(null, 24 * 3600, TokenFault.None)]
    [InlineData(null, (24 * 3600) + 1, TokenFault.TooLong)]
    public void A_token_that_is_good_for_longer_than_is_accepted_is_refused_from_its_first_moment(
        int? issuedIn,
        int expiresIn,
        object expected
    )
    {
        var options = new AuthOptions { LongestTokenHours = 24 };
        var issued = issuedIn is null ? "" : $",\"iat\":{Now + issuedIn}";
        Assert.Equal(
            (TokenFault)expected,
            Fault(Tokens.Hs256($$"""{"sub":"ana","role":"model","exp":{{Now + expiresIn}}{{issued}}}"""), options)
        );
    }

    [Fact]
    public void A_token_for_some_audience_is_refused_where_no_audience_is_set() =>
        Assert.Equal(TokenFault.Invalid, Fault(Tokens.Hs256(Tokens.Claims(_time, ",\"aud\":\"other\""))));
}
