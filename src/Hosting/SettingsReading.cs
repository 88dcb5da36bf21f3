using System.Globalization;
using Actors.Grains.Hosting;

namespace Actors.Hosting;

/// <summary>Reads settings strictly: a value that is present but wrong stops the start with its name.</summary>
internal static class SettingsReading
{
    public static int WholeNumber(this IConfiguration settings, string name, int otherwise, int minimum, int maximum)
    {
        var text = settings[name];
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }
        var parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        return parsed && value >= minimum && value <= maximum
            ? value
            : throw new SettingException(name, $"is a whole number from {minimum} to {maximum}, not '{text}'.");
    }

    public static bool Switch(this IConfiguration settings, string name, bool otherwise)
    {
        var text = settings[name];
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }
        return bool.TryParse(text, out var value)
            ? value
            : throw new SettingException(name, $"is true or false, not '{text}'.");
    }

    public static string? Text(this IConfiguration settings, string name) =>
        settings[name] is { Length: > 0 } text ? text : null;

    /// <summary>The addresses to listen on are checked before anything starts.</summary>
    public static void RequireAddresses(this IConfiguration settings)
    {
        var addresses = settings.Text("urls") ?? "";
        foreach (var address in addresses.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsAddress(address))
            {
                throw new SettingException("urls", $"holds '{address}', which is no address such as http://+:8080.");
            }
        }
    }

    private static bool IsAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address.Scheme is "http" or "https" && address.Port is >= 0 and <= 65535;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Where everything durable lives, as an absolute path.</summary>
    public static string DataDirectory(this IConfiguration settings) =>
        Path.GetFullPath(settings.Text("Data:Directory") ?? "data");
}
