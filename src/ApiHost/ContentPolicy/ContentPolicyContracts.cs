using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.ContentPolicy;

namespace Actors.ApiHost.ContentPolicy;

/// <param name="Version">The version that was edited; absent replaces whatever is newest.</param>
internal sealed record SetContentPolicyRequest(string?[]? Words, string?[]? Patterns, long? Version);

/// <param name="Version">The version to return to.</param>
/// <param name="ExpectedVersion">The newest version that the caller has seen; absent rolls back whatever is newest.</param>
internal sealed record RollBackContentPolicyRequest(long? Version, long? ExpectedVersion);

internal sealed record CheckContentRequest(string? Text);

/// <param name="Version">0, with nobody and no time, while there was no change.</param>
/// <param name="RestoredVersion">The version that this one was rolled back to, if it was.</param>
internal sealed record ContentPolicyResponse(
    long Version,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Patterns,
    DateTimeOffset? ChangedAt,
    string? ChangedBy,
    long? RestoredVersion
)
{
    public static ContentPolicyResponse From(ContentPolicyView policy) =>
        new(policy.Version, policy.Words, policy.Patterns, policy.ChangedAt, policy.ChangedBy, policy.RestoredVersion);
}

internal sealed record ContentPolicyVersionsResponse(
    IReadOnlyList<ContentPolicyVersionEntry> Versions,
    long Total,
    int Limit,
    int Offset
);

/// <summary>How many entries it had; one version tells them.</summary>
internal sealed record ContentPolicyVersionEntry(
    long Version,
    DateTimeOffset? ChangedAt,
    string? ChangedBy,
    long? RestoredVersion,
    int WordCount,
    int PatternCount
)
{
    public static ContentPolicyVersionEntry From(ContentPolicyView policy) =>
        new(
            policy.Version,
            policy.ChangedAt,
            policy.ChangedBy,
            policy.RestoredVersion,
            policy.Words.Count,
            policy.Patterns.Count
        );
}

internal sealed record CheckContentResponse(bool Allowed, IReadOnlyList<ContentMatchResponse> Matches);

/// <param name="Entry">The word or the pattern, as the policy has it.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 units as JavaScript counts.</param>
internal sealed record ContentMatchResponse(
    [property: JsonConverter(typeof(StrictEnumConverter<ContentEntryKind>))] ContentEntryKind Kind,
    string Entry,
    int Start,
    int Length
)
{
    public static ContentMatchResponse From(ContentMatch match) =>
        new(match.Kind, match.Entry, match.Start, match.Length);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(SetContentPolicyRequest))]
[JsonSerializable(typeof(RollBackContentPolicyRequest))]
[JsonSerializable(typeof(CheckContentRequest))]
[JsonSerializable(typeof(ContentPolicyResponse))]
[JsonSerializable(typeof(ContentPolicyVersionsResponse))]
[JsonSerializable(typeof(CheckContentResponse))]
internal sealed partial class ContentPolicyJson : JsonSerializerContext;
