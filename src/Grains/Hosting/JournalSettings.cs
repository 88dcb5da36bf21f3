using System.ComponentModel.DataAnnotations;
using Actors.Journal;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Hosting;

[Settings("Data")]
public sealed record DataOptions
{
    [Setting("Everything durable of one machine.")]
    public string Directory { get; init; } = "./data";

    [Setting("Megabytes of free room below which the host is degraded, and unhealthy below a tenth of it.")]
    [Range(0, 100_000_000)]
    public int WarnBelowMegabytes { get; init; } = 2_048;
}

[Settings("Journal")]
public sealed record JournalKeyOptions : IValidatableObject
{
    private const int KeyBytes = 32;
    private const string KeyForm = "is 32 bytes in base64.";

    [Setting(
        "32 bytes in base64; encrypts what is stored.",
        Otherwise = "the key file; none on a cluster",
        IsSecret = true
    )]
    public string Key { get; init; } = "";

    [Setting("Keys that were used before Journal:Key, with commas between.", Otherwise = "none", IsSecret = true)]
    public string OlderKeys { get; init; } = "";

    [Setting("The file that holds the key, older ones below it.", Otherwise = "made in the data directory")]
    public string KeyFile { get; init; } = "";

    [Setting("A file or an https address outside of the data directory that is told how far the journal has come.")]
    public string AnchorTo { get; init; } = "";

    [Setting("32 bytes in base64; signs anchors.", Otherwise = "made from the journal's key", IsSecret = true)]
    public string AnchorKey { get; init; } = "";

    [Setting("Minutes between two anchors."), Range(1, 1_440)]
    public int AnchorMinutes { get; init; } = 60;

    [Setting(
        "A file outside of the data directory that lists destroyed keys, so that a restored backup stays without them.",
        Otherwise = "none"
    )]
    public string ErasedList { get; init; } = "";

    /// <summary>Null for a key that is not set.</summary>
    public static byte[]? BytesOf(string key) => key.Length > 0 ? Convert.FromBase64String(key) : null;

    public IReadOnlyList<byte[]> Older => [.. Split(OlderKeys).Select(Convert.FromBase64String)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Never shown: it may be a key with a typing error.
        if (Key.Length > 0 && !IsKey(Key))
        {
            yield return new ValidationResult(KeyForm, [nameof(Key)]);
        }
        if (!Split(OlderKeys).All(IsKey))
        {
            yield return new ValidationResult(KeyForm, [nameof(OlderKeys)]);
        }
        if (AnchorKey.Length > 0 && !IsKey(AnchorKey))
        {
            yield return new ValidationResult(KeyForm, [nameof(AnchorKey)]);
        }
        if (OlderKeys.Length > 0 && Key.Length == 0)
        {
            yield return new ValidationResult(
                "goes with Journal:Key; in a key file older keys are the lines below the first.",
                [nameof(OlderKeys)]
            );
        }
    }

    private static string[] Split(string keys) =>
        keys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsKey(string text) =>
        Convert.TryFromBase64String(text, new byte[KeyBytes], out var written) && written == KeyBytes;
}

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
