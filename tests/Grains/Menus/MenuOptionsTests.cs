using Actors.Grains.Hosting;
using Actors.Grains.Menus;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Tests.Menus;

public sealed class MenuOptionsTests
{
    [Fact]
    public void Whatever_is_left_out_has_its_default() =>
        Assert.Equal(new MenuOptions { MenusPerModel = 50, ItemsPerMenu = 100 }, From(("Other", "1")));

    [Fact]
    public void Every_setting_is_read() =>
        Assert.Equal(
            new MenuOptions { MenusPerModel = 1, ItemsPerMenu = 500 },
            From(("Menus:MenusPerModel", "1"), ("Menus:ItemsPerMenu", "500"))
        );

    [Theory]
    [InlineData("Menus:MenusPerModel", "0")]
    [InlineData("Menus:MenusPerModel", "501")]
    [InlineData("Menus:MenusPerModel", "many")]
    [InlineData("Menus:ItemsPerMenu", "0")]
    [InlineData("Menus:ItemsPerMenu", "501")]
    [InlineData("Menus:ItemsPerMenu", "-1")]
    public void A_bad_value_is_named(string name, string value)
    {
        var fault = Assert.Throws<SettingException>(() => From((name, value)));

        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    private static MenuOptions From(params (string Name, string Value)[] settings) =>
        SettingsReader.Read<MenuOptions>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.ToDictionary(static one => one.Name, static one => (string?)one.Value))
                .Build()
        );
}
