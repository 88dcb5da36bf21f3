using Actors.ApiHost.Auth;
using Actors.ApiHost.Limits;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace Actors.ApiHost.Tests.Hosting;

public sealed class SettingsTests
{
    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => new KeyValuePair<string, string?>(one.Name, one.Value)))
            .Build();

    [Theory]
    [InlineData("Limits:RequestsPerMinute", "0")]
    [InlineData("Limits:RequestsPerMinute", "-5")]
    [InlineData("Limits:RequestsPerMinute", "many")]
    [InlineData("Limits:RequestsPerMinute", "1.5")]
    [InlineData("Limits:RequestsPerMinute", "99999999999")]
    [InlineData("Limits:Burst", "0")]
    [InlineData("Limits:Burst", "864001")]
    [InlineData("Limits:BodyBytes", "10")]
    [InlineData("Limits:TrackedCallers", "1")]
    [InlineData("Limits:BytesPerHour", "1000")]
    public void A_limit_out_of_range_stops_the_start_with_its_name(string name, string value) =>
        Assert.Equal(
            name,
            Assert.Throws<SettingException>(() => SettingsReader.Read<LimitOptions>(Settings((name, value)))).Name
        );

    [Fact]
    public void A_short_signing_key_or_a_key_set_of_nobody_stops_the_start()
    {
        var weak = Assert.Throws<SettingException>(() =>
            SettingsReader.Read<AuthOptions>(Settings(("Auth:SigningKey", "short")))
        );
        Assert.Equal("Auth:SigningKey", weak.Name);
        Assert.DoesNotContain("short", weak.Message, StringComparison.Ordinal);
        var open = Assert.Throws<SettingException>(() =>
            SettingsReader.Read<AuthOptions>(Settings(("Auth:Jwks", "keys.json")))
        );
        Assert.Equal("Auth:Jwks", open.Name);
    }

    [Fact]
    public void The_burst_is_a_minute_unless_set()
    {
        Assert.Equal(50, SettingsReader.Read<LimitOptions>(Settings(("Limits:RequestsPerMinute", "50"))).Burst);
        Assert.Equal(600, SettingsReader.Read<LimitOptions>(Settings()).Burst);
    }
}
