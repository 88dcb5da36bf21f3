using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;

namespace Actors.Grains.Tests.ContentPolicy;

[Trait("Spec", "MO-2")]
public sealed class ContentPolicyRulesTests
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_policy_takes_the_place_of_the_one_before_and_is_the_next_version()
    {
        var book = After(PolicyBook.Empty, Setting(["darn", "heck"], ["a+b"]));
        book = After(book, Setting([" tonto ", "tonto"], []) with { ExpectedVersion = 1 });

        var view = ContentPolicyRules.View(book);

        Assert.Equal((2, Noon, "root"), (view.Version, view.ChangedAt, view.ChangedBy));
        Assert.Equal(["tonto"], view.Words);
        Assert.Empty(view.Patterns);
    }

    [Fact]
    public void Who_edited_an_older_version_is_told_and_who_repeats_what_is_there_is_not()
    {
        var book = After(PolicyBook.Empty, Setting(["darn"], []));

        var conflict = ContentPolicyRules.Decide(book, Setting(["heck"], []) with { ExpectedVersion = 0 }, Noon);
        var repeat = ContentPolicyRules.Decide(book, Setting(["darn"], []) with { ExpectedVersion = 0 }, Noon);

        Assert.Equal(CommonRefusals.VersionConflictCode, conflict.Refusal?.Code);
        Assert.Equal((null, null), (repeat.Refusal, repeat.Value));
    }

    [Fact]
    public void A_roll_back_says_what_it_restored_and_minds_the_version_that_was_seen()
    {
        var first = After(PolicyBook.Empty, Setting(["darn"], ["a+b"]));
        var second = After(first, Setting([], []));

        var seen = ContentPolicyRules.Decide(second, new RollBackContentPolicy(Root, 1, 1), first.Last!, Noon);
        var restored = ContentPolicyRules.Decide(second, new RollBackContentPolicy(Root, 1, 2), first.Last!, Noon);

        Assert.Equal(CommonRefusals.VersionConflictCode, seen.Refusal?.Code);
        var view = ContentPolicyRules.View(ContentPolicyRules.Evolve(second, restored.Value!));
        Assert.Equal((3, 1), (view.Version, view.RestoredVersion));
        Assert.Equal(["darn", "a+b"], view.Words.Concat(view.Patterns));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two words")]
    [InlineData("c++")]
    [InlineData("f*ck")]
    [InlineData("half-wit")]
    [InlineData("💛")]
    [InlineData("$$$")]
    [InlineData("\u200b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_not_one_word_is_refused_by_its_place(string word)
    {
        var refusal = ContentPolicyRules.Decide(PolicyBook.Empty, Setting(["fine", word], []), Noon).Refusal;

        Assert.Equal(ContentPolicyRefusals.InvalidContentPolicyCode, refusal?.Code);
        Assert.Contains("words[1]", refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1 to 200")]
    [InlineData("(", "linear time")]
    [InlineData(@"(a)\1", "linear time")]
    [InlineData("(?=a)b", "linear time")]
    [InlineData("(?<=a)b", "linear time")]
    [InlineData("(?>a+)b", "linear time")]
    [InlineData("a*", "no character")]
    [InlineData("|darn", "no character")]
    [InlineData(@"\b", "no character")]
    [InlineData("^", "no character")]
    [InlineData("(.*a){400}b", "repeats too much")]
    [InlineData("(a{11}){11}", "repeats too much")]
    [InlineData(@"\p{L}{50,100}.{0,1000}b", "repeats too much")]
    [InlineData("a{99999999999}", "repeats too much")]
    public void What_is_no_pattern_that_takes_linear_time_is_refused_by_its_place(string pattern, string why)
    {
        var refusal = ContentPolicyRules.Decide(PolicyBook.Empty, Setting([], ["fine", pattern]), Noon).Refusal;

        Assert.Equal(ContentPolicyRefusals.InvalidContentPatternCode, refusal?.Code);
        Assert.Contains("patterns[1]", refusal!.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bounds_are_reached_and_not_passed()
    {
        string[] words = [.. Enumerable.Range(0, 1_000).Select(static at => $"w{at}".PadRight(64, 'x'))];
        string[] patterns = [.. Enumerable.Range(0, 50).Select(static at => $"p{at}".PadRight(200, 'x'))];

        Assert.NotNull(ContentPolicyRules.Decide(PolicyBook.Empty, Setting(words, patterns), Noon).Value);
        Assert.Equal(
            [
                ContentPolicyRefusals.InvalidContentPolicyCode,
                ContentPolicyRefusals.InvalidContentPolicyCode,
                ContentPolicyRefusals.InvalidContentPatternCode,
            ],
            new[]
            {
                Setting([.. words, "more"], []),
                Setting([], [.. patterns, "more"]),
                Setting([], [new string('x', 201)]),
            }.Select(command => ContentPolicyRules.Decide(PolicyBook.Empty, command, Noon).Refusal?.Code)
        );
    }

    private static SetContentPolicy Setting(string[] words, string[] patterns) => new(Root, words, patterns);

    private static PolicyBook After(PolicyBook book, SetContentPolicy command) =>
        ContentPolicyRules.Evolve(book, ContentPolicyRules.Decide(book, command, Noon).Value!);
}
