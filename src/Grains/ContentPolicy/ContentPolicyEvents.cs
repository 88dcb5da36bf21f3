using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.ContentPolicy;

/// <summary>The policy as the fold of its events; each of them made a version.</summary>
/// <param name="Last">Null while there was no change.</param>
public sealed record PolicyBook(long Version, ContentPolicyEvent? Last)
{
    public static readonly PolicyBook Empty = new(0, null);

    [JsonIgnore]
    public IReadOnlyList<string> Words => Last?.Words ?? [];

    [JsonIgnore]
    public IReadOnlyList<string> Patterns => Last?.Patterns ?? [];
}

/// <summary>One version of the policy; carries the whole of it, so that a version reads without folding.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ContentPolicySet), "content-policy.set.v1")]
[JsonDerivedType(typeof(ContentPolicyRolledBack), "content-policy.rolled-back.v1")]
public abstract record ContentPolicyEvent(
    DateTimeOffset At,
    Actor Actor,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Patterns
);

public sealed record ContentPolicySet(
    DateTimeOffset At,
    Actor Actor,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Patterns
) : ContentPolicyEvent(At, Actor, Words, Patterns);

/// <summary>A new version that is equal to an earlier one.</summary>
public sealed record ContentPolicyRolledBack(
    DateTimeOffset At,
    Actor Actor,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Patterns,
    long RestoredVersion
) : ContentPolicyEvent(At, Actor, Words, Patterns);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ContentPolicyEvent))]
[JsonSerializable(typeof(PolicyBook))]
internal sealed partial class ContentPolicyJson : JsonSerializerContext;
