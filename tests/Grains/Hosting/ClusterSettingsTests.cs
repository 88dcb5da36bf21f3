using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Tests.Hosting;

public sealed class ClusterSettingsTests
{
    private const string Account = "UseDevelopmentStorage=true";

    [Fact]
    public void Without_an_account_there_is_no_cluster()
    {
        Assert.Null(ClusterSettings.From(new ConfigurationBuilder().Build()));
        Assert.Null(From(("Cluster:AzureStorage", "")));
    }

    [Fact]
    public void Whatever_is_left_out_has_its_default()
    {
        var settings = From(("Cluster:AzureStorage", Account))!;

        Assert.Equal(
            (Account, "actors", "actors", 11111, 30000, ClusterStorage.Blob),
            (
                settings.Account.Text,
                settings.ServiceId,
                settings.ClusterId,
                settings.SiloPort,
                settings.GatewayPort,
                settings.Storage
            )
        );
        Assert.Null(settings.AdvertisedAddress);
        Assert.True(settings.JournalKey.IsEmpty);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var settings = From(
            ("Cluster:AzureStorage", "https://here.blob.core.windows.net"),
            ("Cluster:ServiceId", "actors-eu-1"),
            ("Cluster:ClusterId", "blue"),
            ("Cluster:SiloPort", "1"),
            ("Cluster:GatewayPort", "65535"),
            ("Cluster:AdvertisedAddress", "10.0.0.7"),
            ("Cluster:Storage", "table"),
            ("Journal:Key", Convert.ToBase64String(new byte[32]))
        )!;

        Assert.Equal(
            ("here.blob.core.windows.net", "actors-eu-1", "blue", 1, 65535, "10.0.0.7", ClusterStorage.Table, 32),
            (
                settings.Account.ToString(),
                settings.ServiceId,
                settings.ClusterId,
                settings.SiloPort,
                settings.GatewayPort,
                settings.AdvertisedAddress?.ToString(),
                settings.Storage,
                settings.JournalKey.Length
            )
        );
    }

    [Theory]
    [InlineData("Cluster:AzureStorage", "an account")]
    [InlineData("Cluster:AzureStorage", "AccountName=a;AccountKey=b")]
    [InlineData("Cluster:ClusterId", "a/b")]
    [InlineData("Cluster:GatewayPort", "11111")]
    [InlineData("Cluster:SiloPort", "0")]
    [InlineData("Cluster:SiloPort", "65536")]
    [InlineData("Cluster:GatewayPort", "thirty")]
    [InlineData("Cluster:AdvertisedAddress", "here")]
    [InlineData("Cluster:Storage", "Tape")]
    [InlineData("Cluster:Storage", "7")]
    [InlineData("Cluster:ServiceId", "Actors")]
    [InlineData("Cluster:ServiceId", "a--b")]
    [InlineData("Cluster:ServiceId", "-a")]
    [InlineData("Cluster:ServiceId", "0123456789012345678901234567890123456789x")]
    [InlineData("Journal:Key", "c2hvcnQ=")]
    public void A_bad_value_stops_the_start_with_its_name(string name, string value)
    {
        var exception = Assert.Throws<SettingException>(() => From(("Cluster:AzureStorage", Account), (name, value)));

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    private static ClusterSettings? From(params (string Name, string Value)[] settings) =>
        ClusterSettings.From(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings
                        .GroupBy(static setting => setting.Name)
                        .Select(static group => KeyValuePair.Create(group.Key, (string?)group.Last().Value))
                )
                .Build()
        );
}
