namespace Actors.GrainInterfaces.Tests.Messages;

/// <summary>Messages outlive the build that sent them: another silo runs another version, storage keeps them for years.</summary>
public class MessageTests
{
    [Fact]
    public void Every_message_can_be_serialized_is_immutable_and_names_its_members_for_ever() =>
        Assert.Empty(MessageCatalog.Messages.SelectMany(MessageRules.Violations));

    [Fact]
    public void Every_grain_interface_is_named_and_can_be_awaited() =>
        Assert.Empty(MessageCatalog.GrainInterfaces.SelectMany(MessageRules.InterfaceViolations));

    [Fact]
    public void No_name_is_given_twice() =>
        Assert.Empty(MessageRules.AliasViolations(MessageCatalog.Messages.Concat(MessageCatalog.GrainInterfaces)));

    [Fact]
    public void The_walk_finds_what_interfaces_mention_through_generics_and_members()
    {
        Assert.Contains(typeof(Moods.IMoodGrain), MessageCatalog.GrainInterfaces);
        Assert.Contains(typeof(Moods.MoodTransition), MessageCatalog.Messages);
        Assert.Contains(typeof(Outcomes.Outcome<>), MessageCatalog.Messages);
        Assert.Contains(typeof(Identity.ActorRole), MessageCatalog.Messages);
        Assert.Contains(typeof(Durability.OutcomeUnknownException), MessageCatalog.Messages);
    }

    [Theory]
    [InlineData(typeof(Unmarked), "has no [GenerateSerializer]")]
    [InlineData(typeof(Unmarked), "has no [Alias]")]
    [InlineData(typeof(Unmarked), "has no [Immutable]")]
    [InlineData(typeof(Open), "is not sealed")]
    [InlineData(typeof(WithoutId), "WithoutId.Text has no [Id]")]
    [InlineData(typeof(WithField), "WithField.Text has no [Id]")]
    [InlineData(typeof(WithField), "WithField.Text can be changed")]
    [InlineData(typeof(Settable), "Settable.Text can be changed")]
    [InlineData(typeof(SameId), "uses id 0 for First and Second")]
    [InlineData(typeof(WithList), "WithList.Texts is a System.Collections.Generic.List`1[System.String]")]
    [InlineData(typeof(WithObject), "WithObject.Anything is a System.Object")]
    public void A_message_that_breaks_a_rule_is_reported(Type message, string violation) =>
        Assert.Contains(MessageRules.Violations(message), found => found.Contains(violation, StringComparison.Ordinal));

    [Fact]
    public void A_faultless_message_is_not_reported() => Assert.Empty(MessageRules.Violations(typeof(Faultless)));

    [Fact]
    public void An_interface_that_breaks_a_rule_is_reported()
    {
        var found = MessageRules.InterfaceViolations(typeof(IBad)).ToArray();

        Assert.Contains(found, static sentence => sentence.EndsWith("has no [Alias]", StringComparison.Ordinal));
        Assert.Contains(found, static sentence => sentence.Contains("Now answers Int32", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_given_twice_is_reported() =>
        Assert.Single(MessageRules.AliasViolations([typeof(Faultless), typeof(SameName)]));

    [Fact]
    public void A_message_hidden_inside_others_is_reached() =>
        Assert.Contains(typeof(Unmarked), MessageCatalog.Reached([typeof(IDeep)]));

    private sealed record Unmarked(string Text);

#pragma warning disable CA1852 // It is here because it is not sealed.
    [Immutable, Alias("test.open")]
    internal record Open([property: Id(0)] string Text);
#pragma warning restore CA1852

    [Immutable, Alias("test.without-id")]
    internal sealed record WithoutId(string Text);

    [Immutable, Alias("test.with-field")]
    internal sealed record WithField
    {
        public string Text = "";
    }

    [Immutable, Alias("test.settable")]
    internal sealed record Settable
    {
        [Id(0)]
        public string Text { get; set; } = "";
    }

    [Immutable, Alias("test.same-id")]
    internal sealed record SameId([property: Id(0)] string First, [property: Id(0)] string Second);

    [Immutable, Alias("test.with-list")]
    internal sealed record WithList([property: Id(0)] List<string> Texts);

    [Immutable, Alias("test.with-object")]
    internal sealed record WithObject([property: Id(0)] object Anything);

#pragma warning disable ORLEANS0011 // These are here because their name is given twice.
    [Immutable, Alias("test.faultless")]
    [GenerateSerializer]
    internal sealed record Faultless(
        [property: Id(0)] string Text,
        [property: Id(1)] IReadOnlyList<int?> Numbers,
        [property: Id(2)] DateTimeOffset? At
    )
    {
        public bool IsEmpty => Text.Length == 0;
    }

    [Immutable, Alias("test.faultless")]
    internal sealed record SameName;
#pragma warning restore ORLEANS0011

    private interface IBad
    {
        int Now();
    }

    private interface IDeep
    {
        Task<IReadOnlyDictionary<string, Holder<Unmarked[]>>> Get();
    }

    private sealed record Holder<T>(T Content);
}
