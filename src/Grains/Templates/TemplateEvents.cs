using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Templates;

namespace Actors.Grains.Templates;

/// <summary>One version of one template; carries the whole of it, so that a version reads without folding.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TemplateCreated), "template.created.v1")]
[JsonDerivedType(typeof(TemplateChanged), "template.changed.v1")]
[JsonDerivedType(typeof(TemplateRolledBack), "template.rolled-back.v1")]
public abstract record TemplateEvent(DateTimeOffset At, Actor Actor, string Id, TemplateDraft Draft);

public sealed record TemplateCreated(DateTimeOffset At, Actor Actor, string Id, TemplateDraft Draft)
    : TemplateEvent(At, Actor, Id, Draft);

public sealed record TemplateChanged(DateTimeOffset At, Actor Actor, string Id, TemplateDraft Draft)
    : TemplateEvent(At, Actor, Id, Draft);

/// <summary>A new version that is equal to an earlier one.</summary>
public sealed record TemplateRolledBack(
    DateTimeOffset At,
    Actor Actor,
    string Id,
    TemplateDraft Draft,
    int RestoredVersion
) : TemplateEvent(At, Actor, Id, Draft);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(TemplateEvent))]
[JsonSerializable(typeof(TemplateCatalog))]
public sealed partial class TemplateJson : JsonSerializerContext;
