using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Actors.Contract.Tests.Server;
using Actors.Grains.Hosting;

namespace Actors.Contract.Tests.Auth;

[Trait("Spec", "ID-1")]
public sealed class KeySetTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        File.Delete(_file);
        _key.Dispose();
    }

    [Fact]
    public async Task A_published_key_signs_in_for_our_issuer_and_audience_only()
    {
        await File.WriteAllTextAsync(_file, KeySet());
        await using var server = await ApiServer.Start([
            $"--Auth:Jwks={_file}",
            "--Auth:Issuer=https://issuer.example",
            "--Auth:Audience=actors",
        ]);
        (await server.AsToken(Sign("https://issuer.example", "actors")).Get("/api/v1/me")).ShouldBe(200);
        (await server.AsToken(Sign("https://other.example", "actors")).Get("/api/v1/me")).ShouldRefuse(
            401,
            "TOKEN_INVALID"
        );
        (await server.AsToken(Sign("https://issuer.example", "other")).Get("/api/v1/me")).ShouldRefuse(
            401,
            "TOKEN_INVALID"
        );
        (await server.AsToken(server.Token("user")).Get("/api/v1/me")).ShouldRefuse(401, "TOKEN_INVALID");
    }

    [Fact]
    public async Task A_key_set_that_cannot_be_read_stops_the_start_with_its_name()
    {
        await File.WriteAllTextAsync(_file, "{}");
        foreach (var source in new[] { _file, "/nowhere/keys.json", "http://insecure.example/keys" })
        {
            var fault = await Assert.ThrowsAsync<SettingException>(() =>
                ApiServer.Start([$"--Auth:Jwks={source}", "--Auth:Issuer=us", "--Auth:Audience=actors"])
            );
            Assert.Equal("Auth:Jwks", fault.Name);
        }
    }

    private string KeySet()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{"keys":[{"kty":"EC","kid":"k1","crv":"P-256","x":"{{Encode(point.X)}}","y":"{{Encode(point.Y)}}"}]}""";
    }

    private string Sign(string issuer, string audience)
    {
        var expires = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 600;
        var claims = $$"""{"sub":"bo","role":"user","iss":"{{issuer}}","aud":"{{audience}}","exp":{{expires}}}""";
        var signed = $"{Encode("""{"alg":"ES256","kid":"k1"}"""u8)}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Encode(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
