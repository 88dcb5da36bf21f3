using Actors.Grains.Activity;

namespace Actors.Grains.Hosting;

/// <summary>Which kinds of streams are not kept for ever, on one machine and on a cluster.</summary>
public static class RetentionAges
{
    public static readonly IReadOnlyDictionary<string, TimeSpan> All = new Dictionary<string, TimeSpan>
    {
        [ActivityRules.StreamCategory] = ActivityRules.Kept,
    };
}
