using Actors.Grains.Hosting;
using Actors.Grains.Rooms;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Tests.Rooms;

[Trait("Spec", "BO-6")]
public sealed class RoomOptionsTests
{
    [Fact]
    public void Without_settings_links_lead_to_our_own_page_and_elsewhere_when_the_settings_say_where()
    {
        Assert.Equal("/rooms/", Read().LinkBase);
        Assert.Equal("https://calls.example/rooms/", Read(("PublicAddress", "https://calls.example")).LinkBase);
        Assert.Equal(
            "https://rooms.example/enter/",
            Read(("ServerAddress", "https://rooms.example/enter"), ("LinkKey", new string('k', 32))).LinkBase
        );
    }

    [Theory]
    [InlineData("Service", "zoom")]
    [InlineData("DailyAddress", "http://daily.example")]
    [InlineData("ServerAddress", "http://rooms.example")]
    [InlineData("PublicAddress", "calls.example")]
    [InlineData("LinkKey", "too short, this")]
    [InlineData("MakeMinutes", "10")]
    [InlineData("TimeoutSeconds", "8")]
    public void A_bad_value_stops_the_start_with_its_name_and_is_not_shown(string name, string value)
    {
        var fault = Assert.Throws<SettingException>(() => Read((name, value)));
        Assert.Equal($"Rooms:{name}", fault.Name);
        Assert.DoesNotContain($"'{value}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Service", "daily", "DailyKey")]
    [InlineData("ServerAddress", "https://rooms.example", "LinkKey")]
    public void What_needs_a_secret_does_not_start_without_it(string name, string value, string missing)
    {
        var fault = Assert.Throws<SettingException>(() => Read((name, value)));
        Assert.Equal($"Rooms:{missing}", fault.Name);
    }

    private static RoomOptions Read(params (string Name, string Value)[] values) =>
        SettingsReader.Read<RoomOptions>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    values.Select(static one => KeyValuePair.Create($"Rooms:{one.Name}", (string?)one.Value))
                )
                .Build()
        );
}
