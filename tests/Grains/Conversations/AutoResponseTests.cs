using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.GrainInterfaces.Wallets;
using Actors.TestKit;

namespace Actors.Grains.Tests.Conversations;

public sealed class AutoResponseTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "CH-2")]
    public async Task The_first_message_is_greeted_and_only_the_first()
    {
        await MoodAsync("greeter", MoodState.Positive, respond: false);
        await SayAsync("greeter", "a1", "hello");
        await AutomatedAsync("greeter", "a1", AutomatedKind.Greeting, 1);

        await SayAsync("greeter", "a1", "hello again");
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(10));

        await AutomatedAsync("greeter", "a1", AutomatedKind.Greeting, 1);
        await AutomatedAsync("greeter", "a1", AutomatedKind.AutoResponse, 0);
    }

    [Fact, Trait("Spec", "CH-2")]
    public async Task A_reply_goes_out_after_the_models_delay_once_whatever_crashes_meanwhile()
    {
        await MoodAsync("delayed", MoodState.Positive, respond: true, delay: 30);
        await SayAsync("delayed", "a2", "hello");
        await SayAsync("delayed", "a2", "are you there?");
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(10));
        await AutomatedAsync("delayed", "a2", AutomatedKind.AutoResponse, 0);

        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(25));
        await AutomatedAsync("delayed", "a2", AutomatedKind.AutoResponse, 1);
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));

        await AutomatedAsync("delayed", "a2", AutomatedKind.AutoResponse, 1);
    }

    [Fact, Trait("Spec", "CH-2")]
    public async Task Without_a_delay_the_reply_comes_at_once()
    {
        await MoodAsync("prompt", MoodState.Neutral, respond: true);
        await SayAsync("prompt", "a3", "hello");

        var reply = await AutomatedAsync("prompt", "a3", AutomatedKind.AutoResponse, 1);

        Assert.Equal(MessageSender.Model, reply[0].Sender);
        Assert.False(reply[0].Degraded);
    }

    [Fact, Trait("Spec", "CH-2")]
    public async Task The_mood_at_reply_time_counts()
    {
        await MoodAsync("moody", MoodState.Positive, respond: true, delay: 60);
        await SayAsync("moody", "a4", "hello");
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(5));
        await MoodAsync("moody", MoodState.Negative, respond: true, delay: 60);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(60));

        var reply = await AutomatedAsync("moody", "a4", AutomatedKind.AutoResponse, 1);

        Assert.Equal(await ExpectedAsync("moody", "a4", MoodState.Negative), reply[0].Content);
    }

    [Fact, Trait("Spec", "CH-2")]
    public async Task Switching_the_replies_off_or_answering_herself_cancels_the_reply()
    {
        foreach (var model in (string[])["off", "self"])
        {
            await MoodAsync(model, MoodState.Positive, respond: true, delay: 30);
            await SayAsync(model, "a5", "hello");
        }
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(5));
        await MoodAsync("off", MoodState.Positive, respond: false);
        await SayAsync("self", "a5", "hi, it is me", MessageSender.Model);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));

        await AutomatedAsync("off", "a5", AutomatedKind.AutoResponse, 0);
        await AutomatedAsync("self", "a5", AutomatedKind.AutoResponse, 0);
    }

    [Fact, Trait("Spec", "CH-2")]
    public async Task Who_switches_replies_on_answers_the_next_message_although_she_was_known_to_be_quiet()
    {
        await MoodAsync("waking", MoodState.Positive, respond: false);
        await SayAsync("waking", "b1", "hello");
        await AutomatedAsync("waking", "b1", AutomatedKind.Greeting, 1);
        // Long enough for the first message to find out, and for the second to rely on it.
        await SayAsync("waking", "b1", "hello?");
        await MoodAsync("waking", MoodState.Positive, respond: true);

        await SayAsync("waking", "b1", "now?");

        await AutomatedAsync("waking", "b1", AutomatedKind.AutoResponse, 1);
    }

    [Fact, Trait("Spec", "CH-2")]
    public async Task Tips_in_a_row_are_thanked_once_with_their_sum_in_the_words_of_the_users_tier()
    {
        await MoodAsync("tipped", MoodState.Positive, respond: false);
        await _engine
            .Grains.GetGrain<IUserProfileGrain>("a6")
            .Set(new SetUserProfile(Root, DisplayName: "Bo", LoyaltyTier: LoyaltyTier.Platinum));
        var balance = _engine.Grains.GetGrain<IBalanceGrain>("a6");
        await balance.Credit(new CreditBalance(Root, Tokens.Of(100), "test", IdempotencyKey.Parse("c")));
        foreach (var (tokens, key) in new[] { (30, "t1"), (12, "t2") })
        {
            var tip = new SendTip(ModelId.Parse("tipped"), Tokens.Of(tokens), null, IdempotencyKey.Parse(key));
            Assert.Null((await balance.Tip(tip)).Refusal);
        }
        await _engine.CrashAsync();

        var thanks = await AutomatedAsync("tipped", "a6", AutomatedKind.TipThankYou, 1);

        Assert.Contains("42 tokens", thanks[0].Content, StringComparison.Ordinal);
        Assert.Contains("Bo", thanks[0].Content, StringComparison.Ordinal);
        Assert.Contains("speechless", thanks[0].Content, StringComparison.Ordinal);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));
        await AutomatedAsync("tipped", "a6", AutomatedKind.TipThankYou, 1);
    }

    [Fact, Trait("Spec", "TE-4")]
    public async Task Whether_the_user_answers_an_automated_message_within_a_day_is_counted_for_its_template()
    {
        await MoodAsync("counted", MoodState.Negative, respond: false);
        await SayAsync("counted", "a7", "hello");
        var greeting = await AutomatedAsync("counted", "a7", AutomatedKind.Greeting, 1);
        Assert.NotNull(greeting[0].Content);
        var before = await GreetingsAsync();

        await SayAsync("counted", "a7", "nice to meet you");
        await _engine.EventuallyAsync(GreetingsAsync, counts => counts.Successes == before.Successes + 1);

        await SayAsync("counted", "a8", "hello");
        await AutomatedAsync("counted", "a8", AutomatedKind.Greeting, 1);
        await _engine.AdvanceAsync(TimeSpan.FromHours(25));

        await _engine.EventuallyAsync(GreetingsAsync, counts => counts.Failures >= before.Failures + 1);
    }

    [Theory, Trait("Spec", "MO-9")]
    [InlineData("within", 59, 1)]
    [InlineData("late", 60, 0)]
    public async Task A_reply_that_the_user_answers_within_an_hour_is_counted_once_whatever_crashes(
        string model,
        int minutes,
        int answered
    )
    {
        await MoodAsync(model, MoodState.Positive, respond: true);
        await SayAsync(model, "a9", "hello");
        await AutomatedAsync(model, "a9", AutomatedKind.AutoResponse, 1);
        await _engine.CrashAsync();
        await EngagementAsync(model, (1, 0));
        await MoodAsync(model, MoodState.Positive, respond: false);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(minutes));

        await SayAsync(model, "a9", "there you are");
        await _engine.CrashAsync();
        await SayAsync(model, "a9", "and again");
        await _engine.CrashAsync();

        await EngagementAsync(model, (1, answered));
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));
        await EngagementAsync(model, (1, answered));
    }

    private async Task EngagementAsync(string model, (long, long) expected) =>
        await _engine.EventuallyAsync(
            async () =>
            {
                var analytics = _engine.Grains.GetGrain<IMoodAnalyticsGrain>(IMoodAnalyticsGrain.Key);
                var engagement = (await analytics.Report(null, null, model)).Value!.AutoResponse;
                return (engagement.Sent, engagement.Answered);
            },
            seen => seen == expected
        );

    private async Task<UsageCounts> GreetingsAsync()
    {
        var match = await _engine
            .Grains.GetGrain<ITemplateCatalogGrain>(ITemplateCatalogGrain.OnlyKey)
            .Match(new MatchTemplate(MoodState.Negative, TemplateType.Greeting));
        return (await _engine.Grains.GetGrain<ITemplateUsageGrain>(match.Value!.TemplateId).Get()).Total;
    }

    private async Task<string> ExpectedAsync(string model, string user, MoodState mood)
    {
        var profile = await _engine.Grains.GetGrain<IUserProfileGrain>(user).Get();
        var rendered = await _engine
            .Grains.GetGrain<ITemplateCatalogGrain>(ITemplateCatalogGrain.OnlyKey)
            .Render(
                new RenderTemplate(
                    new MatchTemplate(mood, TemplateType.AutoResponse, profile.LoyaltyTier, user),
                    new TemplateValues(UserName: profile.DisplayName, ModelName: model)
                )
            );
        return System.Net.WebUtility.HtmlDecode(rendered.Value!.Message);
    }

    private async Task<IReadOnlyList<MessageView>> AutomatedAsync(
        string model,
        string user,
        AutomatedKind kind,
        int count
    ) =>
        await _engine.EventuallyAsync(
            async () =>
                (IReadOnlyList<MessageView>)
                    [
                        .. (
                            await Conversation(model, user).List(new ListMessages(Side.User, 100))
                        ).Value!.Messages.Where(one => one.Automated == kind),
                    ],
            found => found.Count == count
        );

    private async Task SayAsync(string model, string user, string text, MessageSender sender = MessageSender.User) =>
        Assert.Null((await Conversation(model, user).Send(new SendMessage(sender, text))).Refusal);

    private async Task MoodAsync(string model, MoodState state, bool respond, int delay = 0)
    {
        var profile = _engine.Grains.GetGrain<IModelProfileGrain>(model);
        await profile.Register(new RegisterModel(Root, model));
        await profile.AcceptMoodTerms(new Actor(ActorRole.Model, model));
        var update = new UpdateMood(new Actor(ActorRole.Model, model), state, null, respond, delay);
        Assert.Null((await _engine.Grains.GetGrain<IMoodGrain>(model).Update(update)).Refusal);
    }

    private IConversationGrain Conversation(string model, string user) =>
        _engine.Grains.GetGrain<IConversationGrain>(
            ConversationId.WithModel(ModelId.Parse(model), UserId.Parse(user)).ToString()
        );
}
