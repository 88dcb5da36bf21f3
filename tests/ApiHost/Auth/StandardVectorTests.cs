using System.Buffers.Text;
using Actors.ApiHost.Auth;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Actors.ApiHost.Tests.Auth;

/// <summary>The examples of RFC 7515 appendix A.1 to A.3, whose payload is the one of RFC 7519 section 3.1.</summary>
[Trait("Spec", "ID-1")]
public sealed class StandardVectorTests
{
    private const string Payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private const string Octets =
        """{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}""";

    private const string Rsa =
        """{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}""";

    private const string Ec =
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    [Theory]
    [InlineData(Octets, "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    [InlineData(
        Rsa,
        "eyJhbGciOiJSUzI1NiJ9",
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    )]
    [InlineData(
        Ec,
        "eyJhbGciOiJFUzI1NiJ9",
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    )]
    public async Task A_signature_of_the_standard_verifies_and_no_other_does(
        string jwk,
        string header,
        string signature
    )
    {
        var key = KeySet.Parse($$"""{"keys":[{{jwk}}]}""").Single();
        Assert.True(await IsGenuineAsync($"{header}.{Payload}.{signature}", key));
        Assert.False(await IsGenuineAsync($"{header}.{Payload}.{Altered(signature)}", key));
        Assert.False(await IsGenuineAsync($"{header}.{Altered(Payload)}.{signature}", key));
    }

    private static async Task<bool> IsGenuineAsync(string token, TokenKey key)
    {
        var expected = new TokenValidationParameters
        {
            IssuerSigningKey = key.Security,
            ValidAlgorithms = [key.Algorithm],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        };
        return (await new JsonWebTokenHandler().ValidateTokenAsync(token, expected)).IsValid;
    }

    /// <summary>One bit of a byte in the middle.</summary>
    private static string Altered(string base64Url)
    {
        var bytes = Base64Url.DecodeFromChars(base64Url);
        bytes[bytes.Length / 2] ^= 1;
        return Base64Url.EncodeToString(bytes);
    }
}
