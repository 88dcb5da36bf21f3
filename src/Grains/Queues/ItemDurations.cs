using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Grains.Queues;

/// <summary>How long the newest deliveries of one item have taken.</summary>
/// <param name="Newest">In the order in which they were learned.</param>
/// <param name="LearnedAt">The event that taught the newest one.</param>
public sealed record ItemDurations(ImmutableArray<TimeSpan> Newest, long LearnedAt)
{
    public const int Kept = 50;

    private readonly ImmutableArray<TimeSpan> _sorted = Newest.Sort();

    [JsonIgnore]
    public ExpectedDuration Expected => new(Median(_sorted), Percentile90(_sorted));

    public static ItemDurations Of(TimeSpan first, long version) => new([first], version);

    public ItemDurations With(TimeSpan duration, long version) =>
        new((Newest.Length < Kept ? Newest : Newest.RemoveAt(0)).Add(duration), version);

    private static TimeSpan Median(ImmutableArray<TimeSpan> sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    /// <summary>The shortest that at least nine tenths did not exceed.</summary>
    private static TimeSpan Percentile90(ImmutableArray<TimeSpan> sorted) => sorted[((sorted.Length * 9) + 9) / 10 - 1];
}

public readonly record struct ExpectedDuration(TimeSpan Median, TimeSpan AtMost)
{
    /// <summary>What is left of it; one that has taken longer than expected may end at any moment.</summary>
    public ExpectedDuration After(TimeSpan elapsed) => new(Left(Median, elapsed), Left(AtMost, elapsed));

    private static TimeSpan Left(TimeSpan whole, TimeSpan elapsed) =>
        elapsed <= TimeSpan.Zero ? whole
        : elapsed < whole ? whole - elapsed
        : TimeSpan.Zero;
}
