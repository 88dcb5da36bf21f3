using Actors.Grains.Hosting.Anchoring;
using Actors.Journal;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Hosting;

/// <summary>Where the file journal of these settings lives, for the host and for the tools that look at it.</summary>
public static class JournalSettings
{
    public const string DefaultDataDirectory = "./data";

    /// <summary>Within the data directory.</summary>
    public const string DirectoryName = "journal";

    public const string KeyName = "Journal:Key";
    public const string OlderKeysName = "Journal:OlderKeys";
    public const string KeyFileName = "Journal:KeyFile";

    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static JournalOptions From(IConfiguration configuration)
    {
        var options = new JournalOptions
        {
            Directory = Path.Combine(configuration["Data:Directory"] ?? DefaultDataDirectory, DirectoryName),
            Key = KeyFrom(configuration),
            OlderKeys = OlderKeysFrom(configuration),
            AnchorKey = configuration[AnchorSettings.KeyName] is { Length: > 0 } key
                ? ParseKey(AnchorSettings.KeyName, key)
                : null,
        };
        return configuration[KeyFileName] is { Length: > 0 } file
            ? options with
            {
                KeyFile = Path.GetFullPath(file),
            }
            : options;
    }

    /// <summary>What encrypts the journal, on one machine and on a cluster; null when none is set.</summary>
    /// <exception cref="SettingException">It is not a key.</exception>
    public static byte[]? KeyFrom(IConfiguration configuration) =>
        configuration[KeyName] is { Length: > 0 } key ? ParseKey(KeyName, key) : null;

    private static IReadOnlyList<byte[]> OlderKeysFrom(IConfiguration configuration) =>
        configuration[OlderKeysName] is not { Length: > 0 } keys ? []
        : KeyFrom(configuration) is null
            ? throw new SettingException(
                OlderKeysName,
                $"goes with {KeyName}; in a key file older keys are the lines below the first."
            )
        : [.. keys.Split(',').Select(static key => ParseKey(OlderKeysName, key.Trim()))];

    private static byte[] ParseKey(string name, string text)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(text, key, out var written) && written == key.Length
            ? key
            : throw new SettingException(name, "is 32 bytes in base64.");
    }
}
