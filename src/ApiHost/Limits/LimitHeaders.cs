using System.Globalization;

namespace Actors.ApiHost.Limits;

/// <summary>
/// Tells callers about their allowance: <c>RateLimit</c> and <c>RateLimit-Policy</c> of the IETF draft, and the older three
/// that most clients read.
/// </summary>
internal sealed class LimitHeaders(LimitOptions options, BucketShape shape, long ticksPerSecond)
{
    private readonly string _limit = options.RequestsPerMinute.ToString(CultureInfo.InvariantCulture);
    private readonly string _policy = string.Create(
        CultureInfo.InvariantCulture,
        $"\"default\";q={options.RequestsPerMinute};w=60"
    );

    public void Write(IHeaderDictionary headers, in Allowance allowance)
    {
        var ticksUntilFull = (shape.Burst - (long)allowance.Remaining) * shape.TicksPerRequest;
        var seconds = ((ticksUntilFull + ticksPerSecond - 1) / ticksPerSecond).ToString(CultureInfo.InvariantCulture);
        var remaining = allowance.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Policy"] = _policy;
        headers["RateLimit"] = $"\"default\";r={remaining};t={seconds}";
        headers["RateLimit-Limit"] = _limit;
        headers["RateLimit-Remaining"] = remaining;
        headers["RateLimit-Reset"] = seconds;
    }
}
