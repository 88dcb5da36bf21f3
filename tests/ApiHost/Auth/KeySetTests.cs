using System.Security.Cryptography;
using Actors.ApiHost.Auth;

namespace Actors.ApiHost.Tests.Auth;

[Trait("Spec", "ID-1")]
public sealed class KeySetTests
{
    private static IReadOnlyList<TokenKey> Parse(string text) => KeySet.Parse(text);

    [Fact]
    public void Keys_that_we_can_use_are_read_with_their_algorithm_and_others_are_passed_over() =>
        Assert.Equal(
            [("RS256", "r1"), ("ES256", "e1")],
            Parse(Tokens.KeySet()).Select(key => (key.Algorithm, key.KeyId))
        );

    [Fact]
    public void A_weak_private_ambiguous_or_malformed_key_refuses_the_whole_set()
    {
        using var weak = RSA.Create(1024);
        var modulus = Tokens.Encode(weak.ExportParameters(false).Modulus);
        var secret = Tokens.Encode(new byte[32]);
        string[] sets =
        [
            "",
            "[]",
            "{}",
            """{"keys":[]}""",
            """{"keys":{}}""",
            """{"keys":[7]}""",
            """{"keys":[{"kty":"oct","k":"c2hvcnQ"}]}""",
            """{"keys":[{"kty":"oct","k":"not base64url!"}]}""",
            $$"""{"keys":[{"kty":"RSA","n":"{{modulus}}","e":"AQAB"}]}""",
            """{"keys":[{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}]}""",
            $$"""{"keys":[{"kty":"oct","k":"{{secret}}"},{"kty":"oct","k":"{{secret}}"}]}""",
            $$"""{"keys":[{"kty":"oct","kid":"a","kid":"b","k":"{{secret}}"}]}""",
            Tokens.KeySet().Replace("\"crv\":\"P-256\"", "\"crv\":\"P-256\",\"d\":\"AAAA\""),
        ];
        Assert.All(sets, set => Assert.Throws<FormatException>(() => Parse(set)));
    }

    [Fact]
    public void A_key_for_encryption_or_another_algorithm_is_not_used_for_tokens()
    {
        var secret = Tokens.Encode(new byte[32]);
        string[] keys =
        [
            $$"""{"kty":"oct","use":"enc","k":"{{secret}}"}""",
            $$"""{"kty":"oct","alg":"HS512","k":"{{secret}}"}""",
            $$"""{"kty":"oct","key_ops":["encrypt"],"k":"{{secret}}"}""",
        ];
        Assert.All(keys, key => Assert.Throws<FormatException>(() => Parse($$"""{"keys":[{{key}}]}""")));
    }
}
