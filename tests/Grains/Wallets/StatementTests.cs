using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Wallets;

[Trait("Spec", "WA-3")]
public sealed class StatementTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task Every_movement_names_both_sides_and_the_balance_after_it()
    {
        await _engine.RegisterAsync("m1");
        var balance = await _engine.WithTokensAsync("u1", 100);
        await balance.Tip(Tip("m1", 30, "t1", "Thanks"));

        var movements = (await balance.Statement(null, 10, StatementFilter.None)).Movements;

        Assert.Equal(
            [
                (MovementKind.Tip, "balance/u1", "wallet/m1", Of(30), "Thanks", Of(70)),
                (MovementKind.Credit, "platform", "balance/u1", Of(100), "Top-up", Of(100)),
            ],
            movements.Select(static m => (m.Kind, m.From, m.To, m.Tokens, m.Cause!, m.Available))
        );
    }

    [Fact]
    public async Task Both_accounts_know_a_movement_by_the_same_name()
    {
        await _engine.RegisterAsync("m2");
        var balance = await _engine.WithTokensAsync("u2", 100);
        await balance.Tip(Tip("m2", 30, "t1"));
        await _engine.EventuallyHoldsAsync("m2", 30);

        var given = (await balance.Statement(null, 1, StatementFilter.None)).Movements[0];
        var taken = (await _engine.Wallet("m2").Statement(null, 1, StatementFilter.None)).Movements[0];

        Assert.Equal(
            (given.Transfer, given.From, given.To, given.Tokens),
            (taken.Transfer, taken.From, taken.To, taken.Tokens)
        );
        Assert.Equal(Of(30), taken.Available);
    }

    [Fact]
    public async Task Pages_lead_through_everything_once_in_either_direction()
    {
        await _engine.RegisterAsync("m3");
        var balance = await _engine.WithTokensAsync("u3", 1_000);
        foreach (var number in Enumerable.Range(1, 100))
        {
            await balance.Tip(Tip("m3", number % 5 + 1, $"t{number}"));
        }
        await _engine.DeactivateAllAsync();

        var backward = new List<Movement>();
        long? before = null;
        do
        {
            var page = await _engine.Balance("u3").Statement(before, 7, StatementFilter.None);
            backward.AddRange(page.Movements);
            before = page.Next;
        } while (before is not null);
        var forward = new List<Movement>();
        long? after = 0;
        while (after is { } from)
        {
            var page = await _engine.Balance("u3").Since(from, 7);
            forward.AddRange(page.Movements);
            after = page.Next;
        }

        Assert.Equal(101, backward.Count);
        Assert.Equal(forward, backward.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task The_balance_of_any_past_moment_can_be_asked_for()
    {
        await _engine.RegisterAsync("m4");
        var before = _engine.Time.GetUtcNow();
        var balance = await _engine.WithTokensAsync("u4", 100);
        // On a cluster calls take time as well, and waking a grain the most.
        var start = _engine.Time.GetUtcNow();
        for (var step = 1; step <= 10; step++)
        {
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(10));
            await balance.Tip(Tip("m4", step, $"t{step}"));
        }

        for (var step = 1; step <= 10; step++)
        {
            var then = await balance.AsOf(start.AddSeconds((10 * step) + 5));
            Assert.Equal(Of(100 - (step * (step + 1) / 2)), then.Available);
        }
        Assert.Equal(new BalanceView(Of(0), Of(0), 0), await balance.AsOf(before.AddSeconds(-1)));
        Assert.Equal(Of(45), (await balance.AsOf(start.AddDays(400))).Available);
    }
}
