namespace Actors.GrainInterfaces.Templates;

/// <summary>A value for each variable that a template may use; null is not known. Plain text: rendering encodes it.</summary>
[GenerateSerializer, Immutable, Alias("TemplateValues")]
public sealed record TemplateValues(
    [property: Id(0)] string? UserName = null,
    [property: Id(1)] string? ModelName = null,
    [property: Id(2)] string? Amount = null,
    [property: Id(3)] string? Currency = null,
    [property: Id(4)] string? Mood = null,
    [property: Id(5)] string? Tier = null,
    [property: Id(6)] string? CustomMessage = null,
    [property: Id(7)] string? Time = null,
    [property: Id(8)] string? Date = null
);
