using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Orleans.Concurrency;

namespace Actors.Grains.MoodAnalytics;

/// <summary>Asks every shard and adds up; keeps nothing.</summary>
[Reentrant]
[StatelessWorker]
[GrainType("mood-analytics")]
public sealed class MoodAnalyticsGrain(IGrainContext context, TimeProvider time) : Grain(context), IMoodAnalyticsGrain
{
    private const int TemplatesAtOnce = 100;

    public async Task<Outcome<MoodAnalyticsReport>> Report(DateOnly? from, DateOnly? to, string? modelId = null)
    {
        var range = MoodAnalyticsRules.Range(from, to, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        if (range.Refusal is not null)
        {
            return range.Refusal;
        }
        var (first, last) = range.Value;
        var registered = GrainFactory.CountModelsAsync();
        var templates = TemplatesAsync();
        var shards = await Task.WhenAll(
            Shards.Keys.Select(shard =>
                GrainFactory.GetGrain<IMoodFeedGrain>(shard).Summarize(first, last, modelId).AsTask()
            )
        );
        return MoodAnalyticsRules.AddUp(shards, await registered, await templates, first, last);
    }

    private async Task<IReadOnlyList<TemplateReportRow>> TemplatesAsync()
    {
        var desk = GrainFactory.GetGrain<ITemplateDeskGrain>(ITemplateDeskGrain.OnlyKey);
        List<TemplateReportRow> rows = [];
        TemplateReport page;
        do
        {
            page = await desk.Report(new ListTemplates(TemplatesAtOnce, rows.Count));
            rows.AddRange(page.Rows);
        } while (page.Rows.Count > 0 && rows.Count < page.Total);
        return rows;
    }
}
