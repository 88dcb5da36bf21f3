using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages;

/// <summary>Eight tries within about half an hour: 2 s, 6 s, 18 s, 54 s, 3 min, 8 min and 24 min after the one before, each a little off.</summary>
public static class DeliverySchedule
{
    private const double JitterShare = 0.3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    /// <summary>The wait after a failed try, or null after the last. The same for the same message and try, every time.</summary>
    public static TimeSpan? After(int attempt, string messageId) =>
        attempt < IMoodMessageGrain.MaxAttempts ? First * Math.Pow(3, attempt - 1) * Jitter(messageId, attempt) : null;

    /// <summary>0.85 to 1.15: messages that failed together are not tried again together.</summary>
    private static double Jitter(string messageId, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{messageId}/{attempt}"));
        var share = BinaryPrimitives.ReadUInt32BigEndian(hash) / (double)uint.MaxValue;
        return 1 + (JitterShare * (share - 0.5));
    }
}
