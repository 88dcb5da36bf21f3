using System.Globalization;

namespace Actors.ApiHost.Limits;

/// <summary>
/// Tells callers about their allowance: <c>RateLimit</c> and <c>RateLimit-Policy</c> of the IETF draft, and the older three
/// that most clients read.
/// </summary>
internal sealed class LimitHeaders
{
    // The texts of an answer depend on one number only, so they are made once. With a larger burst that number is rounded
    // down, to bound the table.
    private const int MaxTexts = 4096;

    private readonly string _policy;
    private readonly string _limit;
    private readonly int _step;
    private readonly BucketShape _shape;
    private readonly long _ticksPerSecond;
    private readonly Texts?[] _texts;

    public LimitHeaders(LimitOptions options, BucketShape shape, long ticksPerSecond)
    {
        _shape = shape;
        _ticksPerSecond = ticksPerSecond;
        _step = (options.Burst / MaxTexts) + 1;
        _texts = new Texts?[(options.Burst / _step) + 1];
        _limit = options.RequestsPerMinute.ToString(CultureInfo.InvariantCulture);
        _policy = $"\"default\";q={_limit};w=60";
    }

    public void Write(IHeaderDictionary headers, in Allowance allowance)
    {
        var texts = _texts[allowance.Remaining / _step] ?? Make(allowance.Remaining / _step);
        headers["RateLimit-Policy"] = _policy;
        headers["RateLimit"] = texts.RateLimit;
        headers["RateLimit-Limit"] = _limit;
        headers["RateLimit-Remaining"] = texts.Remaining;
        headers["RateLimit-Reset"] = texts.Reset;
    }

    private Texts Make(int index)
    {
        var remaining = index * _step;
        var ticksUntilFull = (_shape.Burst - (long)remaining) * _shape.TicksPerRequest;
        var seconds = ((ticksUntilFull + _ticksPerSecond - 1) / _ticksPerSecond).ToString(CultureInfo.InvariantCulture);
        var left = remaining.ToString(CultureInfo.InvariantCulture);
        return _texts[index] = new Texts($"\"default\";r={left};t={seconds}", left, seconds);
    }

    private sealed record Texts(string RateLimit, string Remaining, string Reset);
}
