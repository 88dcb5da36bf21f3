using System.Reflection;

namespace Actors.GrainInterfaces.Tests.Architecture;

public class DependencyTests
{
    private static readonly Assembly Contracts = typeof(Moods.IMoodGrain).Assembly;
    private static readonly Assembly Grains = typeof(Grains.Hosting.HostRole).Assembly;
    private static readonly Assembly Api = typeof(ApiHost.Program).Assembly;
    private static readonly Assembly Journal = typeof(Actors.Journal.IJournal).Assembly;
    private static readonly Assembly GrainStorage = typeof(Actors.Journal.GrainStorage.SegmentState).Assembly;

    [Fact, Trait("Spec", "MO-7")]
    public void Moods_and_money_do_not_know_each_other() =>
        Assert.Empty(DependencyRules.MoodsAndMoney([.. Own(Contracts), .. Own(Grains)]));

    [Fact]
    public void Wallets_do_not_know_purchases() =>
        Assert.Empty(DependencyRules.WalletsAndPurchases([.. Own(Contracts), .. Own(Grains)]));

    [Fact, Trait("Spec", "MO-7")]
    public void The_content_policy_knows_no_feature() =>
        Assert.Empty(DependencyRules.ContentPolicyAndFeatures([.. Own(Contracts), .. Own(Grains)]));

    [Fact]
    public void Keys_and_attachments_know_no_feature() => Assert.Empty(DependencyRules.Sealing(Own(Grains)));

    [Fact, Trait("Spec", "BO-11")]
    public void Notifications_are_made_by_the_catalogue_of_their_kinds() =>
        Assert.Empty(DependencyRules.Notifications(Own(Grains)));

    [Fact]
    public void A_notification_that_is_made_without_a_kind_is_reported() =>
        Assert.Equal(
            ["Actors.Samples.Tellers.Teller makes a notification without a kind"],
            DependencyRules.Notifications(Samples("Actors.Samples.Tellers"))
        );

    [Fact]
    public void Rules_know_no_grain_no_clock_and_no_input_or_output() =>
        Assert.Empty(DependencyRules.Rules(Own(Grains)));

    [Fact]
    public void Http_code_reaches_grains_through_their_interfaces_only() => Assert.Empty(DependencyRules.Api(Own(Api)));

    [Fact]
    public void Projects_depend_one_way()
    {
        Assert.Empty(DependencyRules.References(Contracts, "Actors.Grains", "Actors.ApiHost", "Actors.Journal"));
        Assert.Empty(DependencyRules.References(Grains, "Actors.ApiHost", "Actors.Silo"));
        Assert.Empty(DependencyRules.References(Journal, "Actors", "Orleans"));
        Assert.Empty(
            DependencyRules.References(
                GrainStorage,
                "Actors.Grains",
                "Actors.GrainInterfaces",
                "Actors.ApiHost",
                "Actors.Silo"
            )
        );
    }

    [Fact]
    public void The_rules_look_at_something()
    {
        Assert.Contains(Own(Grains), static type => type.Name == "MoodRules");
        Assert.Contains(Own(Grains), static type => type.Namespace == "Actors.Grains.Moods");
        Assert.Contains(typeof(Moods.IMoodGrain), Own(Api).SelectMany(TypeUses.Of));
    }

    [Fact]
    public void A_mood_that_reaches_money_over_others_is_reported() =>
        Assert.Contains(
            DependencyRules.MoodsAndMoney(
                Samples("Actors.Samples.Moods", "Actors.Samples.Wallets", "Actors.Samples.Common")
            ),
            static sentence => sentence == "Actors.Samples.Moods.Mood reaches Actors.Samples.Wallets.Purse"
        );

    [Fact]
    public void Money_that_uses_a_mood_is_reported() =>
        Assert.Contains(
            DependencyRules.MoodsAndMoney(Samples("Actors.Samples.Wallets")),
            static sentence => sentence == "Actors.Samples.Wallets.Discount uses Actors.Samples.Moods.Mood"
        );

    [Fact]
    public void A_wallet_that_uses_a_purchase_is_reported() =>
        Assert.Equal(
            ["Actors.Samples.Wallets.Till uses Actors.Samples.Purchases.Bill"],
            DependencyRules.WalletsAndPurchases(Samples("Actors.Samples.Wallets", "Actors.Samples.Purchases"))
        );

    [Fact]
    public void A_key_that_uses_a_feature_is_reported() =>
        Assert.Equal(
            ["Actors.Grains.Samples.Sealing.Lock uses Actors.Grains.Moods.MoodGrain"],
            DependencyRules.Sealing(Samples("Actors.Grains.Samples.Sealing"))
        );

    [Fact, Trait("Spec", "MO-7")]
    public void A_content_policy_that_uses_a_feature_is_reported() =>
        Assert.Equal(
            ["Actors.Samples.ContentPolicy.Censor uses Actors.Samples.Moods.Mood"],
            DependencyRules.ContentPolicyAndFeatures(Samples("Actors.Samples.ContentPolicy", "Actors.Samples.Moods"))
        );

    [Theory]
    [InlineData("Actors.Samples.Rules.ClockRules reads System.DateTimeOffset.get_UtcNow")]
    [InlineData("Actors.Samples.Rules.TimeRules uses System.TimeProvider")]
    [InlineData("Actors.Samples.Rules.FileRules uses System.IO.File")]
    [InlineData("Actors.Samples.Rules.GrainRules uses Orleans.IGrainFactory")]
    [InlineData("Actors.Samples.Rules.LambdaRules uses System.IO.File")]
    public void A_rule_that_knows_too_much_is_reported(string sentence) =>
        Assert.Contains(sentence, DependencyRules.Rules(Samples("Actors.Samples.Rules")));

    [Fact]
    public void Http_code_that_takes_a_grain_class_is_reported() =>
        Assert.Contains(
            DependencyRules.Api(Samples("Actors.Samples.Http")),
            static sentence => sentence == "Actors.Samples.Http.Shortcut uses Actors.Grains.Moods.MoodGrain"
        );

    private static Type[] Own(Assembly assembly) =>
        [
            .. assembly
                .GetTypes()
                .Where(static type =>
                    !type.IsNested && type.Namespace?.StartsWith("Actors.", StringComparison.Ordinal) == true
                ),
        ];

    private static Type[] Samples(params string[] namespaces) =>
        [.. Own(typeof(DependencyTests).Assembly).Where(type => namespaces.Contains(type.Namespace))];
}
