using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Menus;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Menus;

/// <summary>
/// Decision 19: no purchase is decided at a price after its change was acknowledged. The menu's side of the promise and the
/// silo's, each alone and both on one clock.
/// </summary>
[Trait("Spec", "PM-4")]
public sealed class QuoteLeaseTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly QuoteLeases _leases;
    private readonly Quotes _quotes;

    public QuoteLeaseTests() => (_leases, _quotes) = (new QuoteLeases(_time), new Quotes(_time));

    [Theory, InlineData(0), InlineData(400), InlineData(990)]
    public async Task A_change_waits_until_the_newest_promise_is_over(int milliseconds)
    {
        Assert.True(_leases.TryGive());
        _time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.True(_leases.TryGive());
        var promised = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        var changed = await ChangeAsync();

        Assert.InRange(changed - promised, QuoteLeases.Length, QuoteLeases.Length + (Step * 2));
    }

    [Fact]
    public async Task A_promise_that_is_over_or_was_never_made_holds_no_change_up()
    {
        Assert.Equal(_time.GetUtcNow(), await ChangeAsync());
        _leases.TryGive();
        _time.Advance(QuoteLeases.Length);

        Assert.Equal(_time.GetUtcNow(), await ChangeAsync());
    }

    [Fact]
    public async Task An_activation_that_does_not_know_what_was_promised_before_it_waits_as_well_and_no_longer()
    {
        // A crash: the leases of the activation before are gone, those whom it promised something are not.
        _leases.AssumeGiven();
        var started = _time.GetUtcNow();

        Assert.InRange(await ChangeAsync() - started, QuoteLeases.Length, QuoteLeases.Length + (Step * 2));
    }

    [Fact]
    public async Task Nothing_is_promised_while_any_change_waits_or_is_on_its_way()
    {
        _leases.TryGive();
        var (first, second) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        Task[] changes = [_leases.WithoutAsync(() => first.Task), _leases.WithoutAsync(() => second.Task)];
        Assert.False(_leases.TryGive());
        _time.Advance(QuoteLeases.Length * 2);
        Assert.False(_leases.TryGive());

        first.SetResult(1);
        await changes[0];
        Assert.False(_leases.TryGive());
        second.SetResult(2);
        await changes[1];

        Assert.True(_leases.TryGive());
    }

    [Fact]
    public async Task A_change_that_fails_lets_promises_be_made_again()
    {
        await Assert.ThrowsAsync<TimeoutException>(() =>
            _leases.WithoutAsync<int>(static () => throw new TimeoutException())
        );

        Assert.True(_leases.TryGive());
    }

    [Fact]
    public void A_silo_uses_a_quote_for_as_long_as_it_holds_counted_from_before_it_asked()
    {
        var askedAt = _quotes.Stamp();
        _time.Advance(TimeSpan.FromMilliseconds(300));
        _quotes.Keep(Quote("item"), askedAt);

        _time.Advance(TimeSpan.FromMilliseconds(699));
        Assert.Equal(Quote("item"), _quotes.Find("menu", "item"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_quotes.Find("menu", "item"));
    }

    [Fact]
    public void What_holds_for_one_user_and_moment_or_is_refused_is_not_used_again()
    {
        _quotes.Keep(Quote("item", TimeSpan.Zero), _quotes.Stamp());
        _quotes.Keep(MenuRefusals.ItemNotFound, _quotes.Stamp());

        Assert.Null(_quotes.Find("menu", "item"));
    }

    [Fact]
    public void A_silo_keeps_only_so_many_quotes()
    {
        for (var item = 0; item <= 20_000; item++)
        {
            _quotes.Keep(Quote($"item{item}"), _quotes.Stamp());
        }

        Assert.Null(_quotes.Find("menu", "item0"));
        Assert.NotNull(_quotes.Find("menu", "item20000"));
    }

    [Theory, InlineData(0, 0), InlineData(50, 0), InlineData(0, 500), InlineData(300, 900)]
    public async Task No_silo_uses_an_old_quote_once_a_change_is_made(int there, int back)
    {
        var askedAt = _quotes.Stamp();
        _time.Advance(TimeSpan.FromMilliseconds(there));
        Assert.True(_leases.TryGive());
        var changing = ChangeAsync();
        _time.Advance(TimeSpan.FromMilliseconds(back));
        _quotes.Keep(Quote("item"), askedAt);

        await changing;

        Assert.Null(_quotes.Find("menu", "item"));
    }

    /// <summary>When the change was made.</summary>
    private async Task<DateTimeOffset> ChangeAsync()
    {
        var changing = _leases.WithoutAsync(() => Task.FromResult(_time.GetUtcNow()));
        for (var step = 0; !changing.IsCompleted && step < 1_000; step++)
        {
            await Task.Yield();
            _time.Advance(Step);
        }
        Assert.True(changing.IsCompleted, "The change waits for ever.");
        return await changing;
    }

    private static Outcome<ItemQuote> Quote(string item, TimeSpan? goodFor = null) =>
        new ItemQuote(
            "ana",
            "menu",
            1,
            item,
            "Song",
            Tokens.Of(50),
            0,
            false,
            null,
            null,
            goodFor ?? QuoteLeases.Length
        );
}
