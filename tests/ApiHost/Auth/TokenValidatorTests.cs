using System.Security.Cryptography;
using System.Text;
using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Auth;

[Trait("Spec", "ID-1")]
public sealed class TokenValidatorTests
{
    private readonly FakeTimeProvider _time = new();

    private TokenFault Fault(string token, AuthOptions? options = null) =>
        Tokens.Validator(_time, options).Check(token).Fault;

    [Theory]
    [InlineData("user", ActorRole.User)]
    [InlineData("model", ActorRole.Model)]
    [InlineData("admin", ActorRole.Admin)]
    [InlineData("service", ActorRole.Service)]
    public void A_signed_token_with_a_known_role_speaks_for_its_subject(string claim, ActorRole role)
    {
        var check = Tokens.Validator(_time).Check(Tokens.Hs256(Tokens.Claims(_time, role: claim)));
        Assert.True(check.Passed(out var subject));
        Assert.Equal(("ana", role), (subject.Id, subject.Role));
    }

    [Theory]
    [InlineData("system")]
    [InlineData("Admin")]
    [InlineData("admin ")]
    [InlineData("root")]
    [InlineData("")]
    public void A_role_that_nobody_can_have_is_refused(string role) =>
        Assert.Equal(TokenFault.Invalid, Fault(Tokens.Hs256(Tokens.Claims(_time, role: role))));

    [Theory]
    [InlineData("")]
    [InlineData("ana@example.org")]
    [InlineData("ana ")]
    [InlineData("аna")]
    [InlineData("ana\\u0000")]
    [InlineData("ana\\u200b")]
    [InlineData("../ana")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_subject_that_is_no_id_is_refused(string sub) =>
        Assert.Equal(TokenFault.Invalid, Fault(Tokens.Hs256(Tokens.Claims(_time, sub: sub))));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None","typ":"JWT"}""")]
    [InlineData("""{"alg":"hs256"}""")]
    [InlineData("""{"alg":"HS384"}""")]
    [InlineData("""{"alg":"HS512"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"alg":""}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","alg":"HS256"}""")]
    [InlineData("""{"alg":"none","alg":"HS256"}""")]
    [InlineData("""{"alg":"none","\u0061lg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWE"}""")]
    [InlineData("""{"alg":"HS256","typ":1}""")]
    [InlineData("""{"alg":"HS256","typ":"dpop+jwt"}""")]
    [InlineData("""{"alg":"HS256","cty":"JWT"}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"HS256","crit":[]}""")]
    [InlineData("""{"alg":"HS256","b64":false}""")]
    [InlineData("""{"alg":"HS256","kid":"other"}""")]
    [InlineData("""{"alg":"HS256","kid":"../../dev/null"}""")]
    [InlineData("""{"alg":"HS256","kid":""}""")]
    [InlineData("""{"alg":"HS256","kid":7}""")]
    [InlineData("""{"alg":"HS256"} """ + "x")]
    [InlineData("""{"alg":"HS256",}""")]
    [InlineData("""[{"alg":"HS256"}]""")]
    [InlineData("\"HS256\"")]
    [InlineData("{}")]
    [InlineData("")]
    public void A_header_that_asks_for_anything_but_our_key_and_algorithm_is_refused(string header) =>
        Assert.NotEqual(TokenFault.None, Fault(Tokens.Hs256(Tokens.Claims(_time), header)));

    [Theory]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"typ":"at+jwt","alg":"HS256"}""")]
    public void A_header_with_a_usual_type_or_none_is_accepted(string header) =>
        Assert.Equal(TokenFault.None, Fault(Tokens.Hs256(Tokens.Claims(_time), header)));

    [Fact]
    public void A_key_that_the_header_brings_along_is_not_looked_at()
    {
        var theirs = Encoding.UTF8.GetBytes("another secret of more than thirty-two bytes");
        var key = Tokens.Encode(theirs);
        string[] headers =
        [
            $$$"""{"alg":"HS256","jwk":{"kty":"oct","k":"{{{key}}}"}}""",
            """{"alg":"HS256","jku":"https://evil.example/keys"}""",
            """{"alg":"HS256","x5u":"https://evil.example/cert"}""",
            """{"alg":"HS256","x5c":["MIIB"]}""",
        ];
        foreach (var header in headers)
        {
            Assert.Equal(TokenFault.Invalid, Fault(Tokens.Hs256(Tokens.Claims(_time), header, theirs)));
            Assert.Equal(TokenFault.None, Fault(Tokens.Hs256(Tokens.Claims(_time), header)));
        }
    }

    [Fact]
    public void A_public_key_is_never_taken_as_a_shared_secret()
    {
        var keys = KeySet.Parse(Tokens.KeySet()).ToArray();
        var validator = Tokens.Validator(_time, null, keys);
        byte[][] secrets =
        [
            Tokens.Rsa.ExportSubjectPublicKeyInfo(),
            Encoding.ASCII.GetBytes(Tokens.Rsa.ExportSubjectPublicKeyInfoPem()),
            Tokens.Rsa.ExportRSAPublicKey(),
            Tokens.Ecdsa.ExportSubjectPublicKeyInfo(),
        ];
        foreach (var secret in secrets)
        {
            var forged = Tokens.Hs256(Tokens.Claims(_time), """{"alg":"HS256","kid":"r1"}""", secret);
            Assert.NotEqual(TokenFault.None, validator.Check(forged).Fault);
            var unnamed = Tokens.Hs256(Tokens.Claims(_time), """{"alg":"HS256"}""", secret);
            Assert.NotEqual(TokenFault.None, validator.Check(unnamed).Fault);
        }
        Assert.Equal(TokenFault.None, validator.Check(Tokens.Rs256(Tokens.Claims(_time))).Fault);
        Assert.Equal(TokenFault.None, validator.Check(Tokens.Es256(Tokens.Claims(_time))).Fault);
    }

    [Fact]
    public void A_key_is_good_only_for_its_own_algorithm_and_name()
    {
        var keys = KeySet.Parse(Tokens.KeySet()).ToArray();
        var validator = Tokens.Validator(_time, null, keys);
        var claims = Tokens.Claims(_time);
        Assert.Equal(
            TokenFault.UnknownKey,
            validator.Check(Tokens.Rs256(claims, """{"alg":"RS256","kid":"e1"}""")).Fault
        );
        Assert.Equal(
            TokenFault.UnknownKey,
            validator.Check(Tokens.Rs256(claims, """{"alg":"ES256","kid":"r1"}""")).Fault
        );
        Assert.Equal(TokenFault.Invalid, validator.Check(Tokens.Rs256(claims, """{"alg":"ES256","kid":"e1"}""")).Fault);
        Assert.Equal(TokenFault.None, validator.Check(Tokens.Rs256(claims, """{"alg":"RS256"}""")).Fault);
    }

    [Fact]
    public void An_elliptic_signature_of_zeros_or_in_another_encoding_is_refused()
    {
        var keys = KeySet.Parse(Tokens.KeySet()).ToArray();
        var validator = Tokens.Validator(_time, null, keys);
        var good = Tokens.Es256(Tokens.Claims(_time));
        var signed = good[..good.LastIndexOf('.')];
        var der = Tokens.Ecdsa.SignData(
            Encoding.ASCII.GetBytes(signed),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        Assert.Equal(TokenFault.Invalid, validator.Check($"{signed}.{Tokens.Encode(new byte[64])}").Fault);
        Assert.Equal(TokenFault.Invalid, validator.Check($"{signed}.{Tokens.Encode(der)}").Fault);
        Assert.Equal(TokenFault.Invalid, validator.Check($"{signed}.").Fault);
    }

    [Fact]
    public void Changing_any_single_character_of_a_token_makes_it_invalid()
    {
        var token = Tokens.Hs256(Tokens.Claims(_time));
        for (var i = 0; i < token.Length; i++)
        {
            var other = token[i] == 'A' ? 'B' : 'A';
            var changed = token[..i] + other + token[(i + 1)..];
            Assert.NotEqual(TokenFault.None, Fault(changed));
            Assert.NotEqual(TokenFault.None, Fault(token.Remove(i, 1)));
        }
    }

    [Fact]
    public void Text_that_is_not_three_strict_base64url_parts_is_refused()
    {
        var token = Tokens.Hs256(Tokens.Claims(_time));
        string[] others =
        [
            "",
            ".",
            "..",
            "...",
            "a.b.c",
            token + "=",
            token + ".",
            token + "." + token,
            token + " ",
            " " + token,
            token + "\n",
            token + "\0",
            token.Replace('.', '。'),
            token.Replace(".", ".."),
            token[..token.LastIndexOf('.')],
            token[..^1],
            token + "A",
            token.Insert(5, "\u200b"),
            token.Insert(token.Length - 2, "%"),
            new('a', TokenValidator.MaxLength + 1),
            token + new string('A', TokenValidator.MaxLength),
        ];
        Assert.All(others, other => Assert.Equal(TokenFault.Invalid, Fault(other)));
    }

    [Fact]
    public void Random_text_is_refused_and_never_throws()
    {
        var random = new Random(7);
        var token = Tokens.Hs256(Tokens.Claims(_time)).ToCharArray();
        for (var round = 0; round < 20_000; round++)
        {
            var mutated = (char[])token.Clone();
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                mutated[random.Next(mutated.Length)] = (char)random.Next(round % 2 == 0 ? 128 : 0x10000);
            }
            if (!mutated.AsSpan().SequenceEqual(token))
            {
                Assert.NotEqual(TokenFault.None, Fault(new string(mutated)));
            }
        }
    }
}
