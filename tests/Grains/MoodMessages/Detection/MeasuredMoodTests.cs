using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.MoodMessages.Detection;

namespace Actors.Grains.Tests.MoodMessages.Detection;

/// <summary>The figures of docs/guides/mood-detection.md. A change of the words that makes one worse fails here.</summary>
[Trait("Spec", "MM-3")]
public sealed class MeasuredMoodTests
{
    private static readonly IReadOnlyList<LabelledText> Texts = LabelledTexts.Read();

    [Fact]
    public void The_texts_are_of_both_languages_and_all_moods_in_equal_parts()
    {
        Assert.True(Texts.Count >= 300);
        var groups = Texts.GroupBy(static text => (text.Mood, text.Language)).ToArray();
        Assert.Equal(2 * Enum.GetValues<MoodKind>().Length, groups.Length);
        Assert.Single(groups.Select(static group => group.Count()).Distinct());
        Assert.Equal(Texts.Count, Texts.Select(static text => (text.Language, text.Text)).Distinct().Count());
        Assert.Equal(Texts.Count / 3, Texts.Count(static text => text.IsHeldOut));
    }

    [Theory]
    [InlineData(MoodKind.Happy, 95, 95)]
    [InlineData(MoodKind.Sad, 95, 85)]
    [InlineData(MoodKind.Angry, 95, 90)]
    [InlineData(MoodKind.Neutral, 90, 95)]
    [InlineData(MoodKind.Excited, 95, 90)]
    [InlineData(MoodKind.Anxious, 95, 85)]
    [InlineData(MoodKind.Unknown, 65, 90)]
    public void Of_the_texts_that_words_were_chosen_by_so_many_are_heard_as_people_hear_them(
        MoodKind mood,
        int precision,
        int recall
    ) => AssertMeasured(isHeldOut: false, mood, precision, recall);

    [Theory]
    [InlineData(MoodKind.Happy, 95, 80)]
    [InlineData(MoodKind.Sad, 95, 95)]
    [InlineData(MoodKind.Angry, 85, 75)]
    [InlineData(MoodKind.Neutral, 85, 90)]
    [InlineData(MoodKind.Excited, 95, 85)]
    [InlineData(MoodKind.Anxious, 95, 80)]
    [InlineData(MoodKind.Unknown, 60, 95)]
    public void Of_the_texts_that_were_held_out_so_many_are_heard_as_people_hear_them(
        MoodKind mood,
        int precision,
        int recall
    ) => AssertMeasured(isHeldOut: true, mood, precision, recall);

    private static void AssertMeasured(bool isHeldOut, MoodKind mood, int precision, int recall)
    {
        var heard = Texts
            .Where(text => text.IsHeldOut == isHeldOut)
            .Select(static text => (text.Mood, Heard: MoodDetectionRules.Detect(text.Text).Mood))
            .ToArray();
        var right = heard.Count(one => one.Mood == mood && one.Heard == mood);

        Assert.InRange(100.0 * right / heard.Count(one => one.Heard == mood), precision, 100);
        Assert.InRange(100.0 * right / heard.Count(one => one.Mood == mood), recall, 100);
    }
}
