using System.Reflection;
using System.Text.Json;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Notifications;
using Actors.Grains.Texts;

namespace Actors.Grains.Tests.Notifications;

/// <summary>Holds for every kind that there is: none can be made elsewhere.</summary>
[Trait("Spec", "BO-11")]
public sealed class NotificationKindTests
{
    private static readonly DateTimeOffset Moment = new(2026, 7, 1, 3, 0, 0, TimeSpan.Zero);

    private static readonly NotificationFacts AllFacts = new(
        7,
        3,
        50,
        "Wave",
        "bo",
        "negative",
        "Complaint 12",
        "Hello",
        Moment
    );

    public static TheoryData<string> Names => [.. NotificationKinds.All.Select(static kind => kind.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_kind_has_a_text_of_its_own_in_every_language(string name)
    {
        var kind = Kind(name);

        Assert.Equal(Languages.All.Order(), kind.Wordings.Keys.Order());
        var texts = Languages.All.Select(language => kind.Say(AllFacts, new Reader(language, "UTC"))).ToList();
        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.All(texts, static text => Assert.Matches("""^[^\[\]{}|#]{5,}[.\w]$""", text));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_kind_uses_facts_that_are_known_and_the_same_in_every_language(string name)
    {
        var used = Kind(name)
            .Wordings.Values.Select(static wording =>
                (string.Join(' ', wording.Needed.Order()), string.Join(' ', wording.Optional.Order()))
            );
        Assert.Single(used.Distinct());
        Assert.All(
            Kind(name).Wordings.Values.SelectMany(static wording => wording.Needed.Concat(wording.Optional)),
            static fact => Assert.Contains(fact, FactText.Names)
        );
    }

    [Fact]
    public void Every_fact_can_be_said_and_is_called_what_apps_are_answered()
    {
        var members = typeof(NotificationFacts)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(static property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        Assert.Equal(members.Order(), FactText.Names.Order());
        Assert.All(FactText.Names, static name => Assert.NotEqual("", FactText.Of(AllFacts, name, Reader.Default)));
        Assert.All(FactText.Names, static name => Assert.Null(FactText.ValueOf(new NotificationFacts(), name)));
    }

    [Theory]
    [InlineData("en", 1, "1 token was added to your balance.")]
    [InlineData("en", 2, "2 tokens were added to your balance.")]
    [InlineData("en", 21, "21 tokens were added to your balance.")]
    [InlineData("es", 1, "Se añadió 1 token a tu saldo.")]
    [InlineData("es", 2, "Se añadieron 2 tokens a tu saldo.")]
    [InlineData("es", 1_000_000, "Se añadieron 1000000 tokens a tu saldo.")]
    public void One_token_and_many_tokens_are_said_as_they_should(string language, long tokens, string text) =>
        Assert.Equal(text, NotificationKinds.TokensCredited.Say(new(Tokens: tokens), new Reader(language, "UTC")));

    [Theory]
    [InlineData("en", 1, 1, "One item was bought for 1 token.")]
    [InlineData("en", 3, 30, "3 items were bought for 30 tokens in all.")]
    [InlineData("es", 1, 30, "Se compró un artículo por 30 tokens.")]
    [InlineData("es", 3, 30, "Se compraron 3 artículos por 30 tokens en total.")]
    public void One_item_and_many_items_too(string language, long count, long tokens, string text) =>
        Assert.Equal(
            text,
            NotificationKinds.Purchase.Say(new(Count: count, Tokens: tokens), new Reader(language, "UTC"))
        );

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var (tip, end) = (NotificationKinds.TipReceived, NotificationKinds.QueueDelivered);

        Assert.Equal("bo tipped you 1 token.", tip.Say(new(1, Person: "bo"), Reader.Default));
        Assert.Equal("bo tipped you 2 tokens: <3", tip.Say(new(2, Person: "bo", Note: "<3"), Reader.Default));
        Assert.Equal("Wave is complete.", end.Say(new(Item: "Wave"), Reader.Default));
        Assert.Contains(
            "in part (40%)",
            end.Say(new(Item: "Wave", Percent: 40), Reader.Default),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_people_typed_is_neither_translated_nor_taken_for_a_part_of_the_text()
    {
        var spanish = new Reader("es", "UTC");
        Assert.EndsWith(
            ": negative",
            NotificationKinds.TokensDebited.Say(new(5, Reason: "negative"), spanish),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            ": {tokens} [x|y] #",
            NotificationKinds.TokensDebited.Say(new(5, Reason: "{tokens} [x|y] #"), spanish),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("en", "America/Bogota", "Jun 30, 2026, 10:00 PM")]
    [InlineData("es", "Europe/Madrid", "1 jul 2026, 5:00")]
    public void A_moment_is_said_in_the_zone_of_the_reader(string language, string zone, string text) =>
        Assert.Equal(text, FactText.Of(AllFacts, "until", new Reader(language, zone)));

    [Fact]
    public void A_kind_of_a_newer_version_is_called_by_its_name() =>
        Assert.Equal("of_tomorrow", NotificationKinds.Say("of_tomorrow", new(Tokens: 1), Reader.Default));

    [Theory]
    [InlineData("{item is not closed")]
    [InlineData("[nor is this")]
    [InlineData("{tokens:one form only}")]
    public void A_text_that_is_not_well_made_is_found_out(string text) =>
        Assert.Throws<FormatException>(() => Wording.Parse(text));

    private static NotificationKind Kind(string name) => NotificationKinds.All.Single(kind => kind.Name == name);
}
