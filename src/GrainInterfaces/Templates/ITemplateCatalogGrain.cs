using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Templates;

/// <summary>All message templates with all their versions. There is one catalog; it calls no grain but the content policy.</summary>
[Alias("ITemplateCatalogGrain")]
public interface ITemplateCatalogGrain : IGrainWithStringKey
{
    const string OnlyKey = "catalog";

    Task<Outcome<TemplateView>> Create(CreateTemplate command);

    /// <summary>Makes a new version; a draft that is equal to the newest version changes nothing.</summary>
    Task<Outcome<TemplateView>> Update(UpdateTemplate command);

    /// <summary>Makes a new version that is equal to an earlier one.</summary>
    Task<Outcome<TemplateView>> Rollback(RollBackTemplate command);

    [ReadOnly]
    ValueTask<Outcome<TemplateView>> Get(string id);

    [ReadOnly]
    ValueTask<TemplatePage> List(ListTemplates query);

    /// <summary>Versions, newest first.</summary>
    [ReadOnly]
    Task<Outcome<TemplateVersionPage>> Versions(string id, int limit, int offset);

    /// <summary>The best active template: of the exact tier before a general one, then by priority, then the newest.</summary>
    [ReadOnly]
    ValueTask<Outcome<TemplateMatch>> Match(MatchTemplate query);

    /// <summary>The best active template with its variables replaced.</summary>
    [ReadOnly]
    ValueTask<Outcome<RenderedTemplate>> Render(RenderTemplate query);
}

[GenerateSerializer, Immutable, Alias("CreateTemplate")]
public sealed record CreateTemplate([property: Id(0)] Actor Actor, [property: Id(1)] TemplateDraft Draft);

/// <param name="ExpectedVersion">The version that the author has edited; null edits whatever is newest.</param>
[GenerateSerializer, Immutable, Alias("UpdateTemplate")]
public sealed record UpdateTemplate(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string Id,
    [property: Id(2)] TemplateDraft Draft,
    [property: Id(3)] int? ExpectedVersion = null
);

[GenerateSerializer, Immutable, Alias("RollBackTemplate")]
public sealed record RollBackTemplate(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string Id,
    [property: Id(2)] int Version
);

/// <summary>Every filter that is not null must hold.</summary>
[GenerateSerializer, Immutable, Alias("ListTemplates")]
public sealed record ListTemplates(
    [property: Id(0)] int Limit,
    [property: Id(1)] int Offset = 0,
    [property: Id(2)] MoodState? MoodState = null,
    [property: Id(3)] bool? Active = null,
    [property: Id(4)] TemplateType? TemplateType = null,
    [property: Id(5)] string? Tag = null
);

/// <param name="UserId">Chooses the variant; null gets the template's own content.</param>
[GenerateSerializer, Immutable, Alias("MatchTemplate")]
public sealed record MatchTemplate(
    [property: Id(0)] MoodState MoodState,
    [property: Id(1)] TemplateType TemplateType,
    [property: Id(2)] LoyaltyTier? Tier = null,
    [property: Id(3)] string? UserId = null
);

[GenerateSerializer, Immutable, Alias("RenderTemplate")]
public sealed record RenderTemplate([property: Id(0)] MatchTemplate Match, [property: Id(1)] TemplateValues Values);

[GenerateSerializer, Immutable, Alias("TemplateView")]
public sealed record TemplateView(
    [property: Id(0)] string Id,
    [property: Id(1)] int Version,
    [property: Id(2)] TemplateDraft Draft,
    [property: Id(3)] IReadOnlyList<string> Variables,
    [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] string CreatedBy,
    [property: Id(6)] DateTimeOffset UpdatedAt,
    [property: Id(7)] string UpdatedBy
);

[GenerateSerializer, Immutable, Alias("TemplatePage")]
public sealed record TemplatePage([property: Id(0)] IReadOnlyList<TemplateView> Templates, [property: Id(1)] int Total);

/// <param name="RestoredVersion">The version that this one was rolled back to, if it was.</param>
[GenerateSerializer, Immutable, Alias("TemplateVersion")]
public sealed record TemplateVersion(
    [property: Id(0)] int Version,
    [property: Id(1)] TemplateDraft Draft,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Author,
    [property: Id(4)] int? RestoredVersion = null
);

[GenerateSerializer, Immutable, Alias("TemplateVersionPage")]
public sealed record TemplateVersionPage(
    [property: Id(0)] IReadOnlyList<TemplateVersion> Versions,
    [property: Id(1)] int Total
);

/// <param name="Variables">The variables that the content uses, in the order of their first use.</param>
[GenerateSerializer, Immutable, Alias("TemplateMatch")]
public sealed record TemplateMatch(
    [property: Id(0)] string TemplateId,
    [property: Id(1)] int Version,
    [property: Id(2)] string? Variant,
    [property: Id(3)] string Content,
    [property: Id(4)] MoodState MoodState,
    [property: Id(5)] IReadOnlyList<string> Variables
);

/// <param name="Message">HTML text: shown as HTML, it reads exactly as template and values were written.</param>
[GenerateSerializer, Immutable, Alias("RenderedTemplate")]
public sealed record RenderedTemplate(
    [property: Id(0)] string TemplateId,
    [property: Id(1)] int Version,
    [property: Id(2)] string? Variant,
    [property: Id(3)] string Message,
    [property: Id(4)] MoodState MoodState
);
