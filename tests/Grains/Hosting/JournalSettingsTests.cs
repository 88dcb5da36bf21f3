using Actors.Grains.Hosting;
using Actors.Grains.Hosting.Anchoring;
using Actors.TestKit;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Tests.Hosting;

[Trait("Spec", "CL-6")]
public sealed class JournalSettingsTests
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    [Fact]
    public void Unless_set_the_key_lies_in_the_journals_directory_and_nothing_is_anchored()
    {
        var options = JournalSettings.From(Settings(("Data:Directory", "/data")));

        Assert.Equal("/data/journal/journal.key", options.KeyFile);
        Assert.Null(options.Key);
        Assert.Null(options.AnchorKey);
        Assert.Null(AnchorSettings.From(Settings()));
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var settings = Settings(
            ("Journal:Key", Key),
            ("Journal:OlderKeys", $"{Key}, {Key}"),
            ("Journal:AnchorKey", Key),
            ("Journal:AnchorTo", "/elsewhere/anchor.json"),
            ("Journal:AnchorMinutes", "5")
        );
        var options = JournalSettings.From(settings);

        Assert.Equal((32, 2, 32), (options.Key!.Length, options.OlderKeys.Count, options.AnchorKey!.Length));
        Assert.Equal(TimeSpan.FromMinutes(5), AnchorSettings.From(settings)!.Every);
        Assert.Equal(
            "/elsewhere/journal.key",
            JournalSettings.From(Settings(("Journal:KeyFile", "/elsewhere/journal.key"))).KeyFile
        );
    }

    [Theory]
    [InlineData("Journal:AnchorTo", "/data/anchor.json")]
    [InlineData("Journal:AnchorTo", "http://example.com/anchors")]
    [InlineData("Journal:AnchorTo", "ftp://example.com/anchors")]
    [InlineData("Journal:AnchorMinutes", "0")]
    [InlineData("Journal:AnchorMinutes", "1441")]
    [InlineData("Journal:AnchorKey", "short")]
    [InlineData("Journal:OlderKeys", "AAAA")]
    public void A_setting_that_cannot_be_meant_stops_the_start_with_its_name(string name, string value)
    {
        var settings = Settings(("Data:Directory", "/data"), ("Journal:AnchorTo", "/elsewhere"), (name, value));

        var refusal = Assert.Throws<SettingException>(() =>
        {
            JournalSettings.From(settings);
            AnchorSettings.From(settings);
        });

        Assert.Equal(name, refusal.Name);
    }

    [Fact]
    public async Task Anchors_are_posted_to_an_address()
    {
        await using var outside = await HookServer.StartAsync();
        var place = AnchorSettings.From(Settings(("Journal:AnchorTo", outside.Url.ToString())))!.Place;

        await place.WriteAsync("""{"anchor":1}""", CancellationToken.None);

        Assert.Null(place.Read());
        Assert.Equal("""{"anchor":1}""", Assert.Single(outside.Requests).Body);
        outside.Answer = static (_, http) => HookServer.Status(http, 500);
        await Assert.ThrowsAsync<HttpRequestException>(() => place.WriteAsync("{}", CancellationToken.None));
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .GroupBy(static one => one.Name)
                    .Select(static group => new KeyValuePair<string, string?>(group.Key, group.Last().Value))
            )
            .Build();
}
