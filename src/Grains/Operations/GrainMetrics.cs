using System.Diagnostics.Metrics;

namespace Actors.Grains.Operations;

/// <summary>What grains count about themselves. Labels are drawn from small closed sets: never an id of a person.</summary>
public static class GrainMetrics
{
    public const string MeterName = "Actors";
    public const string MoodChangesName = "actors.mood.changes";
    public const string MoodReadsName = "actors.mood.reads";
    public const string MoodRateLimitedName = "actors.mood.rate_limited";
    public const string TemplateRenderFailuresName = "actors.template.render_failures";
    public const string StorageErrorsName = "actors.storage.errors";

    /// <summary>What every instrument of the grains is made of.</summary>
    internal static readonly Meter Source = new(MeterName);

    private static readonly KeyValuePair<string, object?> Hit = new("result", "hit");
    private static readonly KeyValuePair<string, object?> Miss = new("result", "miss");

    private static readonly Counter<long> MoodChanges = Source.CreateCounter<long>(
        MoodChangesName,
        "{change}",
        "Mood changes made durable, by who made them."
    );

    private static readonly Counter<long> MoodReads = Source.CreateCounter<long>(
        MoodReadsName,
        "{read}",
        "Reads of a current mood: hit when it was in memory, miss when it had to be loaded."
    );

    private static readonly Counter<long> MoodRateLimited = Source.CreateCounter<long>(
        MoodRateLimitedName,
        "{refusal}",
        "Mood changes refused because the model reached its hourly limit."
    );

    private static readonly Counter<long> TemplateRenders = Source.CreateCounter<long>(
        "actors.template.renders",
        "{message}",
        "Messages rendered from templates."
    );

    private static readonly Counter<long> TemplateRenderFailures = Source.CreateCounter<long>(
        TemplateRenderFailuresName,
        "{failure}",
        "Templates that could not be rendered."
    );

    private static readonly Counter<long> StorageErrors = Source.CreateCounter<long>(
        StorageErrorsName,
        "{error}",
        "Storage operations that failed or whose outcome is unknown."
    );

    /// <param name="changedBy">"model", "admin" or "system".</param>
    public static void MoodChanged(string changedBy) =>
        MoodChanges.Add(1, new KeyValuePair<string, object?>("changed_by", changedBy));

    public static void MoodRead(bool inMemory) => MoodReads.Add(1, inMemory ? Hit : Miss);

    public static void MoodLimitReached() => MoodRateLimited.Add(1);

    public static void TemplateRendered() => TemplateRenders.Add(1);

    public static void TemplateRenderFailed() => TemplateRenderFailures.Add(1);

    public static void StorageFailed() => StorageErrors.Add(1);
}
