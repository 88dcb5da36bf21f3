using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.ContentPolicy;

/// <summary>
/// What nobody may write into a text that others read. There is one such grain; its key is <see cref="Key"/>. It calls no
/// other grain. What was saved before a change stays.
/// </summary>
[Alias("IContentPolicyGrain")]
public interface IContentPolicyGrain : IGrainWithStringKey
{
    const string Key = "all";

    /// <summary>Takes the place of the whole policy; the same again makes no version.</summary>
    Task<Outcome<ContentPolicyView>> Set(SetContentPolicy command);

    /// <summary>Makes a new version that is equal to an earlier one.</summary>
    Task<Outcome<ContentPolicyView>> RollBack(RollBackContentPolicy command);

    /// <summary>The policy; null when it is what it was at a version. Silos ask every second while texts are written.</summary>
    [ReadOnly]
    ValueTask<ContentPolicyView?> Since(long version);

    [ReadOnly]
    Task<Outcome<ContentPolicyView>> Version(long version);

    /// <summary>Versions, newest first.</summary>
    [ReadOnly]
    Task<ContentPolicyVersionPage> Versions(int limit, int offset);

    /// <summary>What of the policy a text would meet, and where; at most <see cref="ContentMatch.Most"/>.</summary>
    [ReadOnly]
    ValueTask<IReadOnlyList<ContentMatch>> Check(string text);
}

/// <param name="Words">At most 1,000, each one word of at most 64 characters.</param>
/// <param name="Patterns">At most 50 regular expressions of at most 200 characters.</param>
/// <param name="ExpectedVersion">The version that the author has edited; null replaces whatever is newest.</param>
[GenerateSerializer, Immutable, Alias("SetContentPolicy")]
public sealed record SetContentPolicy(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] IReadOnlyList<string> Words,
    [property: Id(2)] IReadOnlyList<string> Patterns,
    [property: Id(3)] long? ExpectedVersion = null
);

/// <param name="ExpectedVersion">The version that the author has seen as the newest; null rolls back whatever is.</param>
[GenerateSerializer, Immutable, Alias("RollBackContentPolicy")]
public sealed record RollBackContentPolicy(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] long Version,
    [property: Id(2)] long? ExpectedVersion = null
);

/// <param name="Version">Grows by one with every change; 0 while there was none.</param>
/// <param name="ChangedAt">Null while there was no change.</param>
/// <param name="ChangedBy">The admin's id; null while there was no change.</param>
/// <param name="RestoredVersion">The version that this one was rolled back to, if it was.</param>
[GenerateSerializer, Immutable, Alias("ContentPolicyView")]
public sealed record ContentPolicyView(
    [property: Id(0)] long Version,
    [property: Id(1)] IReadOnlyList<string> Words,
    [property: Id(2)] IReadOnlyList<string> Patterns,
    [property: Id(3)] DateTimeOffset? ChangedAt = null,
    [property: Id(4)] string? ChangedBy = null,
    [property: Id(5)] long? RestoredVersion = null
);

[GenerateSerializer, Immutable, Alias("ContentPolicyVersionPage")]
public sealed record ContentPolicyVersionPage(
    [property: Id(0)] IReadOnlyList<ContentPolicyView> Versions,
    [property: Id(1)] long Total
);

[JsonConverter(typeof(JsonStringEnumConverter<ContentEntryKind>))]
public enum ContentEntryKind
{
    [JsonStringEnumMemberName("word")]
    Word,

    [JsonStringEnumMemberName("pattern")]
    Pattern,
}

/// <summary>One place of a text that the policy does not allow.</summary>
/// <param name="Entry">The word or the pattern, as the policy has it.</param>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Length">In UTF-16 units.</param>
[GenerateSerializer, Immutable, Alias("ContentMatch")]
public sealed record ContentMatch(
    [property: Id(0)] ContentEntryKind Kind,
    [property: Id(1)] string Entry,
    [property: Id(2)] int Start,
    [property: Id(3)] int Length
)
{
    /// <summary>How many are told of one text.</summary>
    public const int Most = 100;
}
