using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.MoodMessages.Detection;

namespace Actors.Grains.Tests.MoodMessages.Detection;

[Trait("Spec", "MM-3")]
public sealed class MoodDetectionRulesTests
{
    [Theory]
    [InlineData("I am happy", MoodKind.Happy)]
    [InlineData("I am not happy", MoodKind.Sad)]
    [InlineData("no estoy contenta", MoodKind.Sad)]
    [InlineData("I'm not sad", MoodKind.Happy)]
    [InlineData("I was never so happy", MoodKind.Happy)]
    [InlineData("nunca estuve tan triste", MoodKind.Sad)]
    [InlineData("not now. I am happy", MoodKind.Happy)]
    [InlineData("It was not long but sad", MoodKind.Sad)]
    [InlineData("no estoy tranquila", MoodKind.Anxious)]
    [InlineData("I can't wait", MoodKind.Excited)]
    [InlineData("I CAN’T WAIT", MoodKind.Excited)]
    [InlineData("soooo haaappy", MoodKind.Happy)]
    [InlineData("😡", MoodKind.Angry)]
    [InlineData("👍🏽", MoodKind.Happy)]
    [InlineData("👍🏿😊", MoodKind.Happy)]
    [InlineData("❤️", MoodKind.Happy)]
    [InlineData("❤️‍🔥🎉🥳", MoodKind.Excited)]
    [InlineData(":'(", MoodKind.Sad)]
    [InlineData("Estoy so happy hoy, mi amiga", MoodKind.Happy)]
    [InlineData("I'm muy nerviosa", MoodKind.Anxious)]
    [InlineData("triste pero happy", MoodKind.Unknown)]
    [InlineData("happy sad", MoodKind.Unknown)]
    [InlineData("😊😢", MoodKind.Unknown)]
    [InlineData("I go to the office on Monday", MoodKind.Neutral)]
    [InlineData("", MoodKind.Unknown)]
    [InlineData("   ", MoodKind.Unknown)]
    [InlineData("!!!!", MoodKind.Unknown)]
    [InlineData("\ud83d", MoodKind.Unknown)]
    [InlineData("zzz qqq", MoodKind.Unknown)]
    public void A_text_is_heard(string text, MoodKind mood) => Assert.Equal(mood, MoodDetectionRules.Detect(text).Mood);

    [Theory]
    [InlineData("I am happy", "I am very happy")]
    [InlineData("I am a little happy", "I am happy")]
    [InlineData("estoy un poco triste", "estoy triste")]
    [InlineData("estoy triste", "estoy muy triste")]
    [InlineData("sad", "sad and lonely")]
    [InlineData("nervous, sad", "nervous")]
    [InlineData("I hate you", "I HATE YOU")]
    [InlineData("I hate you", "I hate you!!")]
    [InlineData("angry", "angry 😡")]
    public void Confidence_grows_with_what_speaks_for_a_mood_and_shrinks_with_what_speaks_against_it(
        string less,
        string more
    ) => Assert.True(MoodDetectionRules.Detect(less).Confidence < MoodDetectionRules.Detect(more).Confidence);

    [Fact]
    public void Who_is_pleased_and_loud_is_excited()
    {
        Assert.Equal(MoodKind.Happy, MoodDetectionRules.Detect("I love this").Mood);
        Assert.Equal(MoodKind.Excited, MoodDetectionRules.Detect("I LOVE THIS!!!!").Mood);
        Assert.Equal(MoodKind.Excited, MoodDetectionRules.Detect("AMAZING!!!").Mood);
    }

    [Fact]
    public void Confidence_is_from_0_to_100_and_0_for_what_is_unknown()
    {
        foreach (var text in LabelledTexts.Read().Select(static one => one.Text).Append(Repeated("love ", 2_000)))
        {
            var heard = MoodDetectionRules.Detect(text);

            Assert.InRange(heard.Confidence, 0, 100);
            Assert.Equal(heard.Mood == MoodKind.Unknown, heard.Confidence == 0);
            Assert.Equal(heard, MoodDetectionRules.Detect(text));
        }
    }

    [Fact]
    public void What_is_beyond_the_longest_text_is_not_looked_at()
    {
        var filler = Repeated("the ", IMoodDetector.Longest);

        Assert.Equal(MoodDetectionRules.Detect(filler), MoodDetectionRules.Detect(filler + " happy happy happy"));
        Assert.Equal(1_999, MoodText.Excerpt(new string('x', 1_999) + "😀").Length);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("not ")]
    [InlineData("can't wait ")]
    [InlineData("😡")]
    [InlineData(":(")]
    [InlineData("happy")]
    [InlineData("'")]
    [InlineData("x'")]
    public void A_huge_text_takes_no_longer_than_the_longest_one_that_counts(string piece)
    {
        var text = Repeated(piece, 16 << 20);
        var startedAt = TimeProvider.System.GetTimestamp();

        MoodDetectionRules.Detect(text);

        Assert.InRange(TimeProvider.System.GetElapsedTime(startedAt), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static string Repeated(string piece, int length) =>
        string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];
}
