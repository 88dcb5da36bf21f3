using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.ContentPolicy;

public static class ContentPolicyRefusals
{
    public const string InvalidContentPolicyCode = "INVALID_CONTENT_POLICY";
    public const string InvalidContentPatternCode = "INVALID_CONTENT_PATTERN";

    public static readonly Refusal VersionNotFound = new(
        CommonRefusals.VersionNotFoundCode,
        "The content policy has no such version."
    );

    public static readonly Refusal InvalidLists = InvalidContentPolicy("words and patterns are lists of texts.");

    public static Refusal TooManyWords(int most) => InvalidContentPolicy($"words are at most {most}.");

    public static Refusal TooManyPatterns(int most) => InvalidContentPolicy($"patterns are at most {most}.");

    public static Refusal InvalidWord(int index, int longest) =>
        InvalidContentPolicy(
            $"words[{index}] is not one word of 1 to {longest} characters, letters and digits; what is more than a word is a pattern."
        );

    public static Refusal PatternLength(int index, int longest) =>
        InvalidContentPattern($"patterns[{index}] does not have 1 to {longest} characters.");

    public static Refusal PatternUnreadable(int index, string why) =>
        InvalidContentPattern($"patterns[{index}] is no regular expression that takes linear time: {why}");

    public static Refusal PatternTooCostly(int index, int most) =>
        InvalidContentPattern(
            $"patterns[{index}] repeats too much: the counts of its repetitions multiplied are at most {most}."
        );

    public static Refusal PatternOfNothing(int index) =>
        InvalidContentPattern($"patterns[{index}] matches where there is no character, and so every text.");

    public static Refusal VersionConflict(long newest) =>
        new(
            CommonRefusals.VersionConflictCode,
            $"The content policy has been changed meanwhile; its newest version is {newest}."
        );

    private static Refusal InvalidContentPolicy(string message) => new(InvalidContentPolicyCode, message);

    private static Refusal InvalidContentPattern(string message) => new(InvalidContentPatternCode, message);
}
