using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Identity;
using Actors.Grains.Tests.Sealing;

namespace Actors.Grains.Tests.Identity;

[Trait("Spec", "AC-2")]
public sealed class PersonKeyTests
{
    private readonly PersonsKeys _keys = new();

    [Fact]
    public async Task Words_open_for_whose_they_are_and_for_nobody_once_she_is_erased()
    {
        var words = await _keys.SealAsync("bo", "thank you");

        Assert.Equal("thank you", await _keys.OpenWordsOfAsync("bo", words));
        Assert.Null(await _keys.OpenWordsOfAsync("eve", words));
        await _keys.EraseAsync("bo");
        Assert.Null(await _keys.OpenWordsOfAsync("bo", words));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("as older versions wrote it")]
    [InlineData("1. first, 2. second")]
    public async Task What_was_never_sealed_reads_as_it_is_also_without_a_key(string? text)
    {
        await _keys.EraseAsync("bo");

        Assert.Equal(text, await _keys.OpenWordsOfAsync("bo", text));
    }

    [Fact]
    public async Task What_somebody_types_that_looks_sealed_comes_back_as_typed()
    {
        var typed = await _keys.SealAsync("eve", "not mine");

        Assert.Equal(typed, await _keys.OpenWordsOfAsync("bo", await _keys.SealAsync("bo", typed)));
    }

    [Fact]
    public async Task From_where_somebody_called_opens_with_the_key_and_is_gone_with_it()
    {
        var key = (await _keys.OpenOfAsync("ana"))!;
        var actor = new Actor(ActorRole.Model, "ana", "192.0.2.7", "Phone");

        var kept = key.SealOrigin(actor);

        Assert.DoesNotContain("192", kept.Address, StringComparison.Ordinal);
        Assert.Equal(actor, key.OpenOrigin(kept));
        Assert.Equal(new Actor(ActorRole.Model, "ana"), PersonKey.OpenOrigin(null, kept));
    }

    [Fact]
    public async Task Keys_that_do_not_answer_say_that_nothing_was_begun()
    {
        _keys.IsAway = true;

        await Assert.ThrowsAsync<StorageAwayException>(() => _keys.OpenOfAsync("bo").AsTask());
    }

    [Fact]
    public void A_pseudonym_is_always_the_same_is_an_id_and_tells_no_name()
    {
        var pseudonym = ShownIds.PseudonymOf("bo");

        Assert.Equal(pseudonym, ShownIds.PseudonymOf("bo"));
        Assert.NotEqual(pseudonym, ShownIds.PseudonymOf("bob"));
        Assert.Matches("^erased-[0-9a-f]{16}$", pseudonym);
        Assert.True(Identifier.IsValid(pseudonym));
    }
}
