using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Operations;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Actors.Grains.Templates;

[GrainType("template-desk")]
[Reentrant]
[StatelessWorker]
public sealed partial class TemplateDeskGrain(
    IGrainContext context,
    TimeProvider time,
    ILogger<TemplateDeskGrain> logger
) : Grain(context), ITemplateDeskGrain
{
    /// <summary>A neutral message now is worth more than the right one in half a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private ITemplateCatalogGrain Catalog =>
        GrainFactory.GetGrain<ITemplateCatalogGrain>(ITemplateCatalogGrain.OnlyKey);

    public async Task<Outcome<TemplateAnswer>> Find(FindTemplate query)
    {
        var askingMood = AskMood(query.ModelId);
        var askingUser = query.Tier is null ? AskUser(query.UserId) : null;
        var mood = await askingMood;
        var user = askingUser is null ? null : await askingUser;
        if (mood?.Refusal is { } refusal)
        {
            return refusal;
        }
        var match = new MatchTemplate(
            mood?.Value!.MoodState ?? MoodState.Neutral,
            query.TemplateType,
            query.Tier ?? user?.LoyaltyTier,
            query.UserId.Value
        );
        var found = await AskAsync(Catalog.Match(match).AsTask());
        var degraded = mood is null || found is null || (askingUser is not null && user is null);
        found ??= TemplateIndex.Shipped.Match(match with { MoodState = MoodState.Neutral });
        return found.Map(answer => new TemplateAnswer(answer, degraded));
    }

    public async Task<Outcome<MessageAnswer>> Render(RenderMessage query)
    {
        var askingMood = AskMood(query.ModelId);
        var askingModel = AskModel(query.ModelId);
        var askingUser = query.UserId is { } userId ? AskUser(userId) : null;
        var (mood, model) = (await askingMood, await askingModel);
        var user = askingUser is null ? null : await askingUser;
        if ((mood?.Refusal ?? model?.Refusal) is { } refusal)
        {
            return refusal;
        }
        var request = new MessageFacts(mood?.Value, model?.Value, user, time.GetUtcNow()).Complete(query);
        var rendered = await AskAsync(Catalog.Render(request).AsTask());
        var degraded = mood is null || model is null || rendered is null || (askingUser is not null && user is null);
        CountUse(rendered?.Value);
        rendered ??= TemplateIndex.Shipped.Render(
            request with
            {
                Match = request.Match with { MoodState = MoodState.Neutral },
            }
        );
        CountRender(rendered);
        return rendered.Map(message => new MessageAnswer(message, degraded));
    }

    public async Task<Outcome<RenderedTemplate>> RenderOne(RenderOneTemplate query)
    {
        var finding = Catalog.Get(query.TemplateId).AsTask();
        var (askingMood, askingModel) = (AskMood(query.ModelId), AskModel(query.ModelId));
        var askingUser = query.UserId is { } userId ? AskUser(userId) : null;
        var found = await finding;
        var facts = new MessageFacts(
            (await askingMood)?.Value,
            (await askingModel)?.Value,
            askingUser is null ? null : await askingUser,
            time.GetUtcNow()
        );
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        if (found.Value is not { Draft.Active: true } template)
        {
            return TemplateRefusals.UnknownId;
        }
        var asked = new RenderMessage(
            query.ModelId,
            template.Draft.TemplateType,
            null,
            query.UserId,
            new TemplateValues()
        );
        var rendered = IndexedTemplate.Render(template, query.UserId?.Value, facts.Complete(asked).Values);
        CountUse(rendered.Value);
        CountRender(rendered);
        return rendered;
    }

    public async Task<TemplateReport> Report(ListTemplates query)
    {
        var page = await Catalog.List(query);
        var usages = await Task.WhenAll(page.Templates.Select(template => AskAsync(UsageOf(template.Id).Get())));
        return new TemplateReport(
            page.Templates.Zip(usages, static (template, usage) => new TemplateReportRow(template, usage)).ToArray(),
            page.Total
        );
    }

    public async Task<Outcome<Done>> RecordOutcome(RecordTemplateOutcome command)
    {
        var found = await Catalog.Get(command.TemplateId);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        var usage = UsageOf(command.TemplateId);
        if (
            command.Variant is { } variant
            && !IsVariant(found.Value!, variant)
            && !await WasVariantAsync(usage, variant)
        )
        {
            return TemplateRefusals.InvalidVariant;
        }
        await usage.CountOutcome(command.Variant, command.Success);
        return Done.It;
    }

    private Task<Outcome<MoodView>?> AskMood(ModelId id) =>
        AskAsync(GrainFactory.GetGrain<IMoodGrain>(id.Value).Get().AsTask());

    private Task<Outcome<ModelProfile>?> AskModel(ModelId id) =>
        AskAsync(GrainFactory.GetGrain<IModelProfileGrain>(id.Value).Get().AsTask());

    private Task<UserProfile?> AskUser(UserId id) =>
        AskAsync(GrainFactory.GetGrain<IUserProfileGrain>(id.Value).Get().AsTask());

    /// <summary>Null when the answer does not come.</summary>
    private async Task<T?> AskAsync<T>(Task<T> asking)
        where T : class
    {
        try
        {
            return await asking.WaitAsync(Patience, time);
        }
        catch (Exception fault)
        {
            LogUnreachable(logger, fault, typeof(T).Name);
            return null;
        }
    }

    private ITemplateUsageGrain UsageOf(string templateId) => GrainFactory.GetGrain<ITemplateUsageGrain>(templateId);

    /// <summary>The message is on its way whether it has been counted or not.</summary>
    private void CountUse(RenderedTemplate? rendered)
    {
        if (rendered is not null)
        {
            _ = UsageOf(rendered.TemplateId).CountUse(rendered.Variant);
        }
    }

    private static bool IsVariant(TemplateView template, string name) =>
        template.Draft.Variants.Any(variant => variant.Name == name);

    /// <summary>An outcome may arrive after an edit has taken its variant away.</summary>
    private static async Task<bool> WasVariantAsync(ITemplateUsageGrain usage, string name) =>
        (await usage.Get()).Variants.Any(variant => variant.Variant == name);

    private static void CountRender(Outcome<RenderedTemplate> rendered)
    {
        if (rendered.Refusal is null)
        {
            GrainMetrics.TemplateRendered();
        }
        else
        {
            GrainMetrics.TemplateRenderFailed();
        }
    }

    [LoggerMessage(LogLevel.Warning, "No {Answer} came; a neutral default stands in for it")]
    private static partial void LogUnreachable(ILogger logger, Exception fault, string answer);
}
