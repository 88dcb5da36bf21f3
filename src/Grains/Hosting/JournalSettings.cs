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
        };
        return keys.KeyFile.Length > 0 ? options with { KeyFile = Path.GetFullPath(keys.KeyFile) } : options;
    }

    /// <summary>What encrypts the journal, on one machine and on a cluster; null when none is set.</summary>
    /// <exception cref="SettingException">It is not a key.</exception>
    public static byte[]? KeyFrom(IConfiguration configuration)
    {
        var keys = SettingsReader.Read<JournalKeyOptions>(configuration);
        return JournalKeyOptions.BytesOf(keys.Key);
    }
}
