using Actors.Journal;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Hosting;

/// <summary>Where the file journal of these settings lives, for the host and for the tools that look at it.</summary>
public static class JournalSettings
{
    /// <summary>Within the data directory.</summary>
    public const string DirectoryName = "journal";

    public const string KeyName = "Journal:Key";
    public const string OlderKeysName = "Journal:OlderKeys";
    public const string KeyFileName = "Journal:KeyFile";
    public const string ErasedListName = "Journal:ErasedList";

    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static JournalOptions From(IConfiguration configuration)
    {
        var keys = SettingsReader.Read<JournalKeyOptions>(configuration);
        var options = new JournalOptions
        {
            Directory = Path.Combine(SettingsReader.Read<DataOptions>(configuration).Directory, DirectoryName),
            Key = JournalKeyOptions.BytesOf(keys.Key),
            OlderKeys = keys.Older,
            AnchorKey = JournalKeyOptions.BytesOf(keys.AnchorKey),
            Retention = RetentionAges.All,
        };
        return keys.KeyFile.Length > 0 ? options with { KeyFile = Path.GetFullPath(keys.KeyFile) } : options;
    }

    /// <summary>Where destroyed keys are listed; null when nowhere.</summary>
    /// <exception cref="SettingException">It is no place for that.</exception>
    public static string? ErasedListFrom(IConfiguration configuration)
    {
        var text = SettingsReader.Read<JournalKeyOptions>(configuration).ErasedList;
        if (text.Length == 0)
        {
            return null;
        }
        var path = PathOutside(configuration, ErasedListName, text);
        return Directory.Exists(Path.GetDirectoryName(path))
            ? path
            : throw new SettingException(ErasedListName, $"is a file in a directory that exists, not '{path}'.");
    }

    /// <exception cref="SettingException">It lies in the data directory.</exception>
    internal static string PathOutside(IConfiguration configuration, string name, string text)
    {
        var path = Path.GetFullPath(text);
        var data = Path.GetFullPath(SettingsReader.Read<DataOptions>(configuration).Directory);
        return path.StartsWith(data + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? throw new SettingException(
                name,
                "lies in the data directory: whoever puts that back to an older state would put it back too."
            )
            : path;
    }

    /// <summary>What encrypts the journal, on one machine and on a cluster; null when none is set.</summary>
    /// <exception cref="SettingException">It is not a key.</exception>
    public static byte[]? KeyFrom(IConfiguration configuration)
    {
        var keys = SettingsReader.Read<JournalKeyOptions>(configuration);
        return JournalKeyOptions.BytesOf(keys.Key);
    }
}
