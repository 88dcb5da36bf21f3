using Actors.Journal;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Hosting;

/// <summary>Where the file journal of these settings lives, for the host and for the tools that look at it.</summary>
public static class JournalSettings
{
    public const string DefaultDataDirectory = "./data";

    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static JournalOptions From(IConfiguration configuration) =>
        new()
        {
            Directory = Path.Combine(configuration["Data:Directory"] ?? DefaultDataDirectory, "journal"),
            Key = KeyFrom(configuration),
        };

    /// <summary>What encrypts the journal, on one machine and on a cluster; null when none is set.</summary>
    /// <exception cref="SettingException">It is not a key.</exception>
    public static byte[]? KeyFrom(IConfiguration configuration) =>
        configuration["Journal:Key"] is { Length: > 0 } key ? ParseKey(key) : null;

    private static byte[] ParseKey(string text)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(text, key, out var written) && written == key.Length
            ? key
            : throw new SettingException("Journal:Key", "is 32 bytes in base64.");
    }
}
