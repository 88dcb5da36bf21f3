using System.ComponentModel.DataAnnotations;

namespace Actors.Grains.Hosting;

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
