using Actors.Grains.Sealing;

namespace Actors.TestKit;

/// <summary>
/// What every <see cref="IErasableKeys"/> promises. Derive a test class per implementation; each test gets a storage of its own.
/// </summary>
[Trait("Spec", "AC-2")]
public abstract class ErasableKeysContract
{
    private const string Ana = "conversation:ana.ben";
    private const string Ben = "profile:ben";

    /// <summary>Opens the test's storage; again, to see what is kept, with nothing remembered.</summary>
    protected abstract ValueTask<IErasableKeys> OpenAsync();

    [Fact]
    public async Task A_key_is_made_once_and_is_the_same_ever_after()
    {
        var keys = await OpenAsync();
        var sealedText = await SealAsync(keys, Ana);

        Assert.Equal(sealedText, await SealAsync(keys, Ana));
        Assert.Equal(sealedText, await SealAsync(await OpenAsync(), Ana));
        Assert.Equal("Hello", (await (await OpenAsync()).OpenAsync(Ana))!.Open(sealedText, "message 1"));
    }

    [Fact]
    public async Task What_one_name_has_sealed_no_other_opens()
    {
        var keys = await OpenAsync();
        var sealedText = await SealAsync(keys, Ana);

        Assert.Null((await keys.OpenAsync(Ben))!.Open(sealedText, "message 1"));
        // Also where files know no case.
        Assert.Null((await keys.OpenAsync(Ana.ToUpperInvariant()))!.Open(sealedText, "message 1"));
    }

    [Fact]
    public async Task A_destroyed_key_is_gone_for_ever()
    {
        var keys = await OpenAsync();
        var other = await SealAsync(keys, Ben);
        await keys.OpenAsync(Ana);

        await keys.DestroyAsync(Ana);

        Assert.Null(await keys.OpenAsync(Ana));
        Assert.Null(await keys.OpenAsync(Ana));
        Assert.Null(await (await OpenAsync()).OpenAsync(Ana));
        Assert.Equal(other, await SealAsync(await OpenAsync(), Ben));
    }

    [Fact]
    public async Task Destroying_again_or_what_never_was_leaves_the_name_destroyed()
    {
        var keys = await OpenAsync();
        await keys.DestroyAsync(Ana);
        await keys.DestroyAsync(Ana);

        Assert.Null(await keys.OpenAsync(Ana));
        await (await OpenAsync()).DestroyAsync(Ana);
        Assert.Null(await (await OpenAsync()).OpenAsync(Ana));
    }

    [Fact]
    public async Task Many_that_open_a_new_name_at_once_get_one_key()
    {
        for (var round = 0; round < 20; round++)
        {
            var keys = await OpenAsync();
            var name = $"race-{round}";
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SealAsync(keys, name))));

            Assert.Single(results.Distinct());
            Assert.Equal(results[0], await SealAsync(await OpenAsync(), name));
        }
    }

    [Fact]
    public async Task Nobody_who_asks_after_a_key_was_destroyed_gets_it_whoever_was_asking_meanwhile()
    {
        for (var round = 0; round < 20; round++)
        {
            var keys = await OpenAsync();
            var name = $"race-{round}";
            await (await OpenAsync()).OpenAsync(name);
            var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await keys.OpenAsync(name))).ToList();

            await Task.Run(() => keys.DestroyAsync(name));

            Assert.Null(await keys.OpenAsync(name));
            await Task.WhenAll(asking);
            Assert.Null(await keys.OpenAsync(name));
        }
    }

    [Fact]
    public async Task A_name_has_its_bounds()
    {
        var keys = await OpenAsync();
        var longest = new string('x', 196) + "_-.:";

        Assert.NotNull(await keys.OpenAsync(longest));
        foreach (var wrong in new[] { "", longest + "x", "a b", "a/b", "ä", "a\n" })
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await keys.OpenAsync(wrong));
            await Assert.ThrowsAsync<ArgumentException>(() => keys.DestroyAsync(wrong));
        }
    }

    protected static async Task<string> SealAsync(IErasableKeys keys, string name) =>
        (await keys.OpenAsync(name))!.Seal("Hello", "message 1");
}
