using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Texts;

namespace Actors.Grains.ContentPolicy;

/// <summary>Everything that is decided about the policy. Pure: knows no grain, no clock, no storage. Null when nothing changes.</summary>
public static class ContentPolicyRules
{
    public const int MaxWords = 1_000;
    public const int MaxWordLength = 64;
    public const int MaxPatterns = 50;
    public const int MaxPatternLength = 200;

    public static Outcome<ContentPolicyEvent?> Decide(PolicyBook book, SetContentPolicy command, DateTimeOffset now)
    {
        if ((RefuseWords(command.Words) ?? RefusePatterns(command.Patterns)) is { } refusal)
        {
            return refusal;
        }
        string[] words = [.. command.Words.Select(static word => word.Trim()).Distinct(StringComparer.Ordinal)];
        string[] patterns = [.. command.Patterns.Distinct(StringComparer.Ordinal)];
        // Equal lists first: who repeats a change that has arrived is told so, and no conflict with himself.
        return IsSame(book, words, patterns) ? (ContentPolicyEvent?)null
            : RefuseConflict(book, command.ExpectedVersion) is { } conflict ? conflict
            : new ContentPolicySet(now, command.Actor, words, patterns);
    }

    /// <param name="old">What the version to return to says.</param>
    public static Outcome<ContentPolicyEvent?> Decide(
        PolicyBook book,
        RollBackContentPolicy command,
        ContentPolicyEvent old,
        DateTimeOffset now
    ) =>
        IsSame(book, old.Words, old.Patterns) ? (ContentPolicyEvent?)null
        : RefuseConflict(book, command.ExpectedVersion) is { } conflict ? conflict
        : RefusePatterns(old.Patterns) is { } refusal ? refusal
        : new ContentPolicyRolledBack(now, command.Actor, old.Words, old.Patterns, command.Version);

    public static PolicyBook Evolve(PolicyBook book, ContentPolicyEvent @event) => new(book.Version + 1, @event);

    public static ContentPolicyView View(PolicyBook book) =>
        book.Last is { } last ? View(book.Version, last) : new ContentPolicyView(0, [], []);

    public static ContentPolicyView View(long version, ContentPolicyEvent @event) =>
        new(
            version,
            @event.Words,
            @event.Patterns,
            @event.At,
            @event.Actor.Id,
            (@event as ContentPolicyRolledBack)?.RestoredVersion
        );

    private static bool IsSame(PolicyBook book, IReadOnlyList<string> words, IReadOnlyList<string> patterns) =>
        book.Words.SequenceEqual(words, StringComparer.Ordinal)
        && book.Patterns.SequenceEqual(patterns, StringComparer.Ordinal);

    private static Refusal? RefuseConflict(PolicyBook book, long? expected) =>
        expected is { } version && version != book.Version ? ContentPolicyRefusals.VersionConflict(book.Version) : null;

    private static Refusal? RefuseWords(IReadOnlyList<string> words)
    {
        if (words.Count > MaxWords)
        {
            return ContentPolicyRefusals.TooManyWords(MaxWords);
        }
        for (var index = 0; index < words.Count; index++)
        {
            if (!TextLength.IsWithin(words[index], MaxWordLength) || ProhibitedWord.Of(words[index].Trim()).Count == 0)
            {
                return ContentPolicyRefusals.InvalidWord(index, MaxWordLength);
            }
        }
        return null;
    }

    private static Refusal? RefusePatterns(IReadOnlyList<string> patterns)
    {
        if (patterns.Count > MaxPatterns)
        {
            return ContentPolicyRefusals.TooManyPatterns(MaxPatterns);
        }
        for (var index = 0; index < patterns.Count; index++)
        {
            var pattern = patterns[index];
            var refusal = pattern.Length is 0 or > MaxPatternLength
                ? ContentPolicyRefusals.PatternLength(index, MaxPatternLength)
                : ProhibitedPattern.Refuse(index, pattern);
            if (refusal is not null)
            {
                return refusal;
            }
        }
        return null;
    }
}
