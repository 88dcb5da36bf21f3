using System.Security.Cryptography;
using System.Text;

namespace Actors.GrainInterfaces.MoodMessages;

/// <summary>Ids of mood messages that follow from who sends them under which key, so that nobody has to look a key up.</summary>
public static class MoodMessageIds
{
    private const int Length = 32;

    /// <summary>Persisted by where the message lies: it may never change.</summary>
    public static string Of(MoodMessageSender sender, string senderId, string key)
    {
        var named = Encoding.UTF8.GetBytes($"mood-message\n{(int)sender}\n{senderId}\n{key}");
        return Convert.ToHexStringLower(SHA256.HashData(named))[..Length];
    }

    /// <summary>An id of one that has no key.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    public static bool IsValid(string? id) => id is { Length: Length } && id.All(char.IsAsciiHexDigitLower);
}
