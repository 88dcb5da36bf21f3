using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;

namespace Actors.Grains.Tests.Templates;

public sealed class MessageFactsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 20, 45, 0, TimeSpan.Zero);

    private static readonly MoodView Mood = new(
        "ana",
        MoodState.Positive,
        "Feeling great!",
        true,
        0,
        null,
        Now,
        ActorRole.Model,
        null
    );

    private static readonly ModelProfile Model = new("ana", "Ana María", Now, null, "es", "UTC", false, false);

    private static readonly UserProfile User = new(
        "bo",
        "Bo Diaz",
        "es",
        "America/Bogota",
        LoyaltyTier.Gold,
        Membership.Free,
        false,
        false,
        false,
        false,
        false
    );

    private static readonly RenderMessage Query = new(
        ModelId.Parse("ana"),
        TemplateType.TipThankYou,
        null,
        UserId.Parse("bo"),
        new TemplateValues()
    );

    [Fact, Trait("Spec", "TE-2")]
    public void What_the_caller_leaves_out_comes_from_profiles_mood_and_clock()
    {
        var request = new MessageFacts(Mood, Model, User, Now).Complete(Query);

        Assert.Equal(
            new MatchTemplate(MoodState.Positive, TemplateType.TipThankYou, LoyaltyTier.Gold, "bo"),
            request.Match
        );
        Assert.Equal(
            new TemplateValues(
                "Bo Diaz",
                "Ana María",
                null,
                null,
                "positive",
                "gold",
                "Feeling great!",
                "15:45",
                "2 ene 2026"
            ),
            request.Values
        );
    }

    [Fact, Trait("Spec", "TE-2")]
    public void What_the_caller_gives_is_used_as_it_is()
    {
        var request = new MessageFacts(Mood, Model, User, Now).Complete(Query with { Values = Drafts.Everything });

        Assert.Equal(Drafts.Everything, request.Values);
    }

    [Fact, Trait("Spec", "TE-2")]
    public void The_tier_that_the_caller_names_comes_before_that_of_the_profile()
    {
        var request = new MessageFacts(Mood, Model, User, Now).Complete(Query with { Tier = LoyaltyTier.Bronze });

        Assert.Equal((LoyaltyTier.Bronze, "bronze"), (request.Match.Tier, request.Values.Tier));
    }

    [Fact, Trait("Spec", "TE-2")]
    public void Without_a_user_name_and_tier_stay_unknown_and_the_clock_speaks_English_in_universal_time()
    {
        var request = new MessageFacts(Mood, Model, null, Now).Complete(Query with { UserId = null });

        Assert.Equal((null, null, null), (request.Match.UserId, request.Values.UserName, request.Values.Tier));
        Assert.Equal(("8:45 PM", "Jan 2, 2026"), (request.Values.Time, request.Values.Date));
    }

    [Fact, Trait("Spec", "TE-5")]
    public void What_cannot_be_reached_is_neutral_and_called_by_its_id()
    {
        var request = new MessageFacts(null, null, null, Now).Complete(Query);

        Assert.Equal(MoodState.Neutral, request.Match.MoodState);
        Assert.Equal(
            ("bo", "ana", "neutral", null),
            (request.Values.UserName, request.Values.ModelName, request.Values.Mood, request.Values.CustomMessage)
        );
    }

    [Theory, Trait("Spec", "TE-2")]
    [InlineData(LoyaltyTier.Free, "free")]
    [InlineData(LoyaltyTier.Bronze, "bronze")]
    [InlineData(LoyaltyTier.Silver, "silver")]
    [InlineData(LoyaltyTier.Gold, "gold")]
    [InlineData(LoyaltyTier.Platinum, "platinum")]
    public void A_tier_reads_as_it_is_written_in_the_API(LoyaltyTier tier, string name) =>
        Assert.Equal(name, new MessageFacts(Mood, Model, null, Now).Complete(Query with { Tier = tier }).Values.Tier);

    [Theory, Trait("Spec", "TE-2")]
    [InlineData(MoodState.Neutral, "neutral")]
    [InlineData(MoodState.Positive, "positive")]
    [InlineData(MoodState.Negative, "negative")]
    public void A_mood_reads_as_it_is_written_in_the_API(MoodState state, string name) =>
        Assert.Equal(
            name,
            new MessageFacts(Mood with { MoodState = state }, Model, null, Now).Complete(Query).Values.Mood
        );
}
