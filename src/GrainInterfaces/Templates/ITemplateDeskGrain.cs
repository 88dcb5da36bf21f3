using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Templates;

/// <summary>
/// Where messages are asked for: gathers mood, names and time, and lets the catalog answer. Keeps nothing, so that it runs
/// wherever its caller is. What cannot be reached is replaced by neutral defaults, and the answer says so.
/// </summary>
[Alias("ITemplateDeskGrain")]
public interface ITemplateDeskGrain : IGrainWithStringKey
{
    const string OnlyKey = "desk";

    [ResponseTimeout("00:00:10")]
    Task<Outcome<TemplateAnswer>> Find(FindTemplate query);

    [ResponseTimeout("00:00:10")]
    Task<Outcome<MessageAnswer>> Render(RenderMessage query);

    /// <summary>Renders one template by its id; refused while it is not active.</summary>
    [ResponseTimeout("00:00:10")]
    Task<Outcome<RenderedTemplate>> RenderOne(RenderOneTemplate query);

    /// <summary>Templates with what is known of their use.</summary>
    Task<TemplateReport> Report(ListTemplates query);

    Task<Outcome<Done>> RecordOutcome(RecordTemplateOutcome command);
}

/// <param name="Tier">Null takes the tier of the user's profile.</param>
[GenerateSerializer, Immutable, Alias("FindTemplate")]
public sealed record FindTemplate(
    [property: Id(0)] ModelId ModelId,
    [property: Id(1)] TemplateType TemplateType,
    [property: Id(2)] LoyaltyTier? Tier,
    [property: Id(3)] UserId UserId
);

/// <param name="Degraded">Mood or catalog could not be reached; this is a neutral default.</param>
[GenerateSerializer, Immutable, Alias("TemplateAnswer")]
public sealed record TemplateAnswer([property: Id(0)] TemplateMatch Match, [property: Id(1)] bool Degraded);

/// <param name="Tier">Null takes the tier of the user's profile, if a user is given.</param>
/// <param name="UserId">Whom the message is for; gives name, time zone and language, and chooses the variant.</param>
/// <param name="Values">What the caller knows better than the system.</param>
[GenerateSerializer, Immutable, Alias("RenderMessage")]
public sealed record RenderMessage(
    [property: Id(0)] ModelId ModelId,
    [property: Id(1)] TemplateType TemplateType,
    [property: Id(2)] LoyaltyTier? Tier,
    [property: Id(3)] UserId? UserId,
    [property: Id(4)] TemplateValues Values
);

/// <param name="UserId">Whom the message is for, if it is for one person; gives name, time zone and language, and chooses the variant.</param>
[GenerateSerializer, Immutable, Alias("RenderOneTemplate")]
public sealed record RenderOneTemplate(
    [property: Id(0)] string TemplateId,
    [property: Id(1)] ModelId ModelId,
    [property: Id(2)] UserId? UserId
);

/// <param name="Degraded">Something could not be reached; neutral defaults stand in for it.</param>
[GenerateSerializer, Immutable, Alias("MessageAnswer")]
public sealed record MessageAnswer([property: Id(0)] RenderedTemplate Rendered, [property: Id(1)] bool Degraded);

[GenerateSerializer, Immutable, Alias("TemplateReport")]
public sealed record TemplateReport(
    [property: Id(0)] IReadOnlyList<TemplateReportRow> Rows,
    [property: Id(1)] int Total
);

/// <param name="Usage">Null when the counts could not be reached.</param>
[GenerateSerializer, Immutable, Alias("TemplateReportRow")]
public sealed record TemplateReportRow([property: Id(0)] TemplateView Template, [property: Id(1)] TemplateUsage? Usage);

/// <param name="Variant">Null for the template's own content.</param>
[GenerateSerializer, Immutable, Alias("RecordTemplateOutcome")]
public sealed record RecordTemplateOutcome(
    [property: Id(0)] string TemplateId,
    [property: Id(1)] string? Variant,
    [property: Id(2)] bool Success
);
