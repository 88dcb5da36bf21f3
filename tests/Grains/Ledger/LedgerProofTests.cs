using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Ledger;

[Trait("Spec", "WA-2")]
public sealed class LedgerProofTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task What_was_issued_is_in_balances_wallets_or_paid_out()
    {
        // Tokens of the test before may still be on their way.
        var before = await Eventually.GetAsync(_engine.ProveAsync, static proof => proof.InTransit == 0);
        await _engine.RegisterAsync("pm");
        var balance = await _engine.WithTokensAsync("pu", 100);
        await balance.Tip(Tip("pm", 30, "t1"));
        await _engine.EventuallyHoldsAsync("pm", 30);
        await _engine.Wallet("pm").PayOut(new PayOut(Root, Of(10), "November", Key("p")));

        var proof = await _engine.ProveAsync();

        Assert.True(proof.Conserved);
        Assert.Equal(before.Issued + Of(100), proof.Issued);
        Assert.Equal(before.Redeemed + Of(10), proof.Redeemed);
        Assert.Equal(before.Available + Of(70), proof.Available);
        Assert.Equal(before.Wallets + Of(20), proof.Wallets);
        Assert.Contains(proof.Positions, static at => at.Account == AccountId.OfUser("pu") && at.Version == 3);
        Assert.Matches("^[0-9a-f]{64}$", proof.PositionsDigest);
    }

    [Fact]
    public async Task The_proof_is_exact_while_tokens_move()
    {
        string[] models = ["lm0", "lm1", "lm2"];
        foreach (var model in models)
        {
            await _engine.RegisterAsync(model);
        }
        var users = Enumerable.Range(0, 12).Select(static number => $"lu{number}").ToArray();
        using var enough = new CancellationTokenSource();
        var running = Task.WhenAll(users.Select(SpendAsync));
        var inTransit = 0;
        var wanted = _engine.Rounds(20);
        try
        {
            // Until some runs have met tokens that are on the way: the others would show nothing.
            for (var run = 0; run < 5_000 && inTransit < wanted; run++)
            {
                var proof = await _engine.ProveAsync();
                Assert.True(proof.Conserved, $"Run {run}: {proof}");
                inTransit += proof.InTransit != 0 ? 1 : 0;
            }
        }
        finally
        {
            await enough.CancelAsync();
            await running;
        }
        Assert.Equal(wanted, inTransit);

        async Task SpendAsync(string user, int index)
        {
            await _engine.IntroduceAsync(user);
            for (var round = 0; !enough.IsCancellationRequested; round++)
            {
                var credit = new CreditBalance(Root, Of(20), "Top-up", Key($"{user}-c{round}"));
                await _engine.Balance(user).Credit(credit);
                for (var tip = 0; tip < 5; tip++)
                {
                    var model = models[(index + tip) % models.Length];
                    await _engine.Balance(user).Tip(Tip(model, 3, $"{user}-t{round}-{tip}"));
                }
            }
        }
    }
}
