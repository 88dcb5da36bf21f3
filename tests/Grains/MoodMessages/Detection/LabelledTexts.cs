using Actors.GrainInterfaces.MoodMessages;
using Actors.TestKit;

namespace Actors.Grains.Tests.MoodMessages.Detection;

/// <summary>What people would say of texts; see the file.</summary>
internal static class LabelledTexts
{
    private static readonly string Place = Path.Combine(
        SourceTree.Root,
        "tests",
        "Grains",
        "MoodMessages",
        "Detection",
        "labelled.txt"
    );

    public static IReadOnlyList<LabelledText> Read() =>
        [
            .. File.ReadAllLines(Place)
                .Where(static line => !line.StartsWith('#'))
                .Select(static line => line.Split('|', 3))
                .Select(
                    static (parts, at) =>
                        new LabelledText(
                            Enum.Parse<MoodKind>(parts[0], ignoreCase: true),
                            parts[1],
                            parts[2],
                            at % 3 == 2
                        )
                ),
        ];
}

/// <param name="IsHeldOut">Nothing is tuned by it.</param>
internal sealed record LabelledText(MoodKind Mood, string Language, string Text, bool IsHeldOut);
