using Actors.GrainInterfaces.ContentPolicy;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.ContentPolicy;

/// <summary>
/// This silo's copy of the content policy, asked for anew when it is older than a second and somebody needs it. So a change is
/// in force at once where it is made and everywhere a second later, and most commands ask nobody.
/// </summary>
/// <remarks>
/// When the policy cannot be had, the last known one counts, and the next second tries again. A silo that has never had one
/// lets its caller fail instead, as with any grain that does not answer.
/// </remarks>
public sealed partial class PolicyInForce(IGrainFactory grains, TimeProvider time, ILogger<PolicyInForce> logger)
{
    public static readonly TimeSpan UsedFor = TimeSpan.FromSeconds(1);

    private const long Unknown = -1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _turn = new();
    private volatile Known? _known;

    public ValueTask<ProhibitedContent> GetAsync() =>
        _known is { } known && time.GetElapsedTime(known.AskedAt) < UsedFor
            ? new(known.Prohibited)
            : new(AskAsync(_known));

    /// <summary>Takes in what the policy's grain, which is on this silo, has just made durable.</summary>
    internal void Learn(ContentPolicyView newest) => Take(newest, time.GetTimestamp());

    private async Task<ProhibitedContent> AskAsync(Known? known)
    {
        // From before the policy is asked: what is changed after that may not be in its answer.
        var askedAt = time.GetTimestamp();
        var asking = grains.GetGrain<IContentPolicyGrain>(IContentPolicyGrain.Key);
        if (known is null)
        {
            return Take(await asking.Since(Unknown), askedAt);
        }
        try
        {
            return Take(await asking.Since(known.Version).AsTask().WaitAsync(Patience, time), askedAt);
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault, known.Version);
            return Take(null, time.GetTimestamp());
        }
    }

    /// <param name="newer">Null when nothing newer is known than what is there.</param>
    private ProhibitedContent Take(ContentPolicyView? newer, long askedAt)
    {
        // Held while patterns are made ready, so that this is done once, however many have asked.
        lock (_turn)
        {
            var before = _known;
            _known =
                newer is not null && (before is null || newer.Version > before.Version)
                    ? new Known(newer.Version, ProhibitedContent.Of(newer), askedAt)
                    : before! with
                    {
                        AskedAt = Math.Max(before.AskedAt, askedAt),
                    };
            return _known.Prohibited;
        }
    }

    private sealed record Known(long Version, ProhibitedContent Prohibited, long AskedAt);

    [LoggerMessage(LogLevel.Warning, "The content policy could not be read; version {Version} stays in force")]
    private static partial void LogFailed(ILogger logger, Exception fault, long version);
}
