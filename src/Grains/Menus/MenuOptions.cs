using System.Globalization;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Menus;

/// <summary>Section <c>Menus</c> of the settings.</summary>
public sealed record MenuOptions
{
    public const int MostMenus = 500;
    public const int MostItems = 500;

    /// <summary>Menus that a model has at a time, archived ones not counted, 1 to 500; 50 by default.</summary>
    public int MenusPerModel { get; init; } = 50;

    /// <summary>Items of one menu, 1 to 500; 100 by default.</summary>
    public int ItemsPerMenu { get; init; } = 100;

    /// <exception cref="SettingException">A value is out of range; the message names it.</exception>
    public static MenuOptions From(IConfiguration configuration)
    {
        var usual = new MenuOptions();
        return new MenuOptions
        {
            MenusPerModel = Read(configuration, nameof(MenusPerModel), usual.MenusPerModel, MostMenus),
            ItemsPerMenu = Read(configuration, nameof(ItemsPerMenu), usual.ItemsPerMenu, MostItems),
        };
    }

    private static int Read(IConfiguration configuration, string option, int otherwise, int most)
    {
        var name = $"Menus:{option}";
        if (configuration[name] is not { Length: > 0 } text)
        {
            return otherwise;
        }
        var parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        return parsed && value >= 1 && value <= most
            ? value
            : throw new SettingException(name, $"is a whole number from 1 to {most}, not '{text}'.");
    }
}
