namespace Actors.Grains.Ledger;

/// <summary>
/// The time of one stream, so that a machine's clock that is set wrong for a while can neither turn its events around nor
/// make it forget.
/// </summary>
/// <param name="At">When the newest event happened; none happens before it.</param>
/// <param name="Lived">What is remembered for a time is remembered by this one: it never leaps.</param>
public readonly record struct StreamClock(DateTimeOffset At, DateTimeOffset Lived)
{
    /// <summary>
    /// How much one event ages what is remembered, at the most: a clock that leaps by years costs one of the hours by which
    /// keys are kept longer than is promised. A stream with rarer events remembers for longer, but no more of them.
    /// </summary>
    public static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);

    /// <summary>When what is decided at <paramref name="now"/> happens.</summary>
    public DateTimeOffset TimeOf(DateTimeOffset now) => now < At ? At : now;

    public StreamClock With(DateTimeOffset at)
    {
        if (At == default)
        {
            return new StreamClock(at, at);
        }
        var step = at - At;
        return step <= TimeSpan.Zero ? this : new StreamClock(at, Lived + (step < LongestStep ? step : LongestStep));
    }
}
