namespace Actors.Grains.Queues;

/// <summary>
/// How long a row of items takes, one after the other: medians add up; what may come on top of them adds up by squares, for
/// not everything takes longer at once.
/// </summary>
public readonly record struct WaitEstimate(TimeSpan Median, double SquaredSpread)
{
    // Less than a clock tick: a sum of squares must not round a full minute up to the next.
    private const double Noise = 1e-6;

    public int Minutes => (int)Math.Ceiling(Median.TotalMinutes - Noise);

    public int MinutesAtMost => (int)Math.Ceiling(((Median.TotalSeconds + Math.Sqrt(SquaredSpread)) / 60) - Noise);

    public WaitEstimate Then(ExpectedDuration next)
    {
        var spread = (next.AtMost - next.Median).TotalSeconds;
        return new WaitEstimate(Median + next.Median, SquaredSpread + (spread * spread));
    }
}
