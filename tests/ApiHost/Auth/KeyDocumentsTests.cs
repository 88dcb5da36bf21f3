using Actors.ApiHost.Auth;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;

namespace Actors.ApiHost.Tests.Auth;

[Trait("Spec", "ID-1")]
public sealed class KeyDocumentsTests
{
    private const string Authority = "https://issuer.example/realm";
    private const string Discovery = Authority + "/.well-known/openid-configuration";
    private const string Keys = "https://keys.example/set";

    private readonly Dictionary<string, string> _published = new()
    {
        [Discovery] = $$"""{"issuer":"{{Authority}}","jwks_uri":"{{Keys}}"}""",
        [Keys] = Tokens.KeySet(),
    };

    [Fact]
    public async Task The_key_set_is_found_where_the_issuer_says_and_its_tokens_are_good()
    {
        var (time, ring) = (new FakeTimeProvider(), new KeyRing([]));
        var options = new AuthOptions
        {
            Authority = Authority,
            Issuer = Authority,
            Audience = "api",
        };
        await StartAsync(options, ring);
        var validator = new TokenValidator(ring, options, time);
        var claims = $",\"iss\":\"{Authority}\",\"aud\":\"api\"";
        Assert.Equal(TokenFault.None, validator.Check(Tokens.Es256(Tokens.Claims(time, claims))).Fault);
        Assert.Equal(TokenFault.Invalid, validator.Check(Tokens.Es256(Tokens.Claims(time, ",\"aud\":\"api\""))).Fault);
    }

    [Theory]
    [InlineData("""{"issuer":"https://issuer.example/other","jwks_uri":"https://keys.example/set"}""")]
    [InlineData("""{"issuer":"https://issuer.example/realm/","jwks_uri":"https://keys.example/set"}""")]
    [InlineData("""{"issuer":"https://issuer.example/realm"}""")]
    [InlineData("""{"issuer":"https://issuer.example/realm","jwks_uri":"/etc/keys.json"}""")]
    [InlineData("""{"issuer":"https://issuer.example/realm","jwks_uri":"http://keys.example/set"}""")]
    [InlineData("""{"issuer":"https://issuer.example/realm","jwks_uri":"https://nowhere.example"}""")]
    [InlineData("no json")]
    public async Task What_is_published_for_another_issuer_or_leads_elsewhere_stops_the_start_with_its_name(string text)
    {
        _published[Discovery] = text;
        var options = new AuthOptions { Authority = Authority, Audience = "api" };
        var fault = await Assert.ThrowsAsync<SettingException>(() => StartAsync(options, new KeyRing([])));
        Assert.Equal("Auth:Authority", fault.Name);
    }

    [Fact]
    public async Task An_issuer_without_tls_is_not_asked()
    {
        var options = new AuthOptions { Authority = "http://issuer.example", Audience = "api" };
        await Assert.ThrowsAsync<SettingException>(() => StartAsync(options, new KeyRing([])));
    }

    private async Task StartAsync(AuthOptions options, KeyRing ring)
    {
        var web = new Published(_published);
        using var source = new JwksSource(
            options,
            ring,
            new KeyDocuments(web, web),
            new FakeTimeProvider(),
            NullLogger<JwksSource>.Instance
        );
        await source.StartAsync(TestContext.Current.CancellationToken);
        await source.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Published(Dictionary<string, string> documents) : IDocumentRetriever
    {
        public Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
            documents.TryGetValue(address, out var text)
                ? Task.FromResult(text)
                : Task.FromException<string>(new IOException($"{address} is not there."));
    }
}
