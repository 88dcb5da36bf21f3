using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>Eight tries within about a day: after 15 s, 1 min, 4 min, 16 min, 64 min, 4 h and 17 h, each a little off.</summary>
public static class RetrySchedule
{
    public const int MaxAttempts = 8;

    private const double JitterShare = 0.2;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    /// <summary>The wait after a failed try, or null after the last. The same for the same event and try, every time.</summary>
    public static TimeSpan? After(int attempt, string eventId) =>
        attempt < MaxAttempts ? First * Math.Pow(4, attempt - 1) * Jitter(eventId, attempt) : null;

    /// <summary>0.85 to 1.05: apps that failed together are not tried again together.</summary>
    private static double Jitter(string eventId, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{eventId}/{attempt}"));
        var share = BinaryPrimitives.ReadUInt32BigEndian(hash) / (double)uint.MaxValue;
        return 0.85 + (JitterShare * share);
    }
}
