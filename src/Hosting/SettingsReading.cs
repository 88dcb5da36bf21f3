using Actors.Grains.Hosting;

namespace Actors.Hosting;

/// <summary>What is read of the settings before there are services.</summary>
internal static class SettingsReading
{
    public static string? Text(this IConfiguration settings, string name) =>
        settings[name] is { Length: > 0 } text ? text : null;

    /// <summary>Where everything durable lives, as an absolute path.</summary>
    public static string DataDirectory(this IConfiguration settings) =>
        Path.GetFullPath(SettingsReader.Read<DataOptions>(settings).Directory);
}
