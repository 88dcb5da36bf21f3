using System.ComponentModel.DataAnnotations;
using Actors.Journal;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Hosting;

[Settings("Data")]
public sealed record DataOptions
{
    [Setting("Everything durable of one machine.")]
    public string Directory { get; init; } = "./data";
}

[Settings("Journal")]
public sealed record JournalKeyOptions : IValidatableObject
{
    private const int KeyBytes = 32;

    [Setting(
        "32 bytes in base64; encrypts what is stored.",
        Otherwise = "made in the data directory; none on a cluster"
    )]
    public string Key { get; init; } = "";

    public byte[]? Bytes => Key.Length > 0 ? Convert.FromBase64String(Key) : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var bytes = new byte[KeyBytes];
        if (Key.Length > 0 && !(Convert.TryFromBase64String(Key, bytes, out var written) && written == KeyBytes))
        {
            // Never shown: it may be a key with a typing error.
            yield return new ValidationResult("is 32 bytes in base64.", [nameof(Key)]);
        }
    }
}

/// <summary>Where the file journal of these settings lives, for the host and for the tools that look at it.</summary>
public static class JournalSettings
{
    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static JournalOptions From(IConfiguration configuration) =>
        new()
        {
            Directory = Path.Combine(SettingsReader.Read<DataOptions>(configuration).Directory, "journal"),
            Key = KeyFrom(configuration),
        };

    /// <summary>What encrypts the journal, on one machine and on a cluster; null when none is set.</summary>
    /// <exception cref="SettingException">It is not a key.</exception>
    public static byte[]? KeyFrom(IConfiguration configuration) =>
        SettingsReader.Read<JournalKeyOptions>(configuration).Bytes;
}
