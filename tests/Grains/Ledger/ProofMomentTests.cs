using System.Collections.Concurrent;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Ledger;

/// <summary>Tokens that move at exactly the wrong moment of a proof.</summary>
[Trait("Spec", "WA-2")]
public sealed class ProofMomentTests : IAsyncLifetime
{
    private readonly Moment _moment = new();
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                Configure = services => services.AddSingleton<IIncomingGrainCallFilter>(_moment),
            }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_wallet_that_gets_its_first_tokens_between_the_list_and_the_marks_is_counted()
    {
        await _engine.RegisterAsync("late");
        var payer = await _engine.WithTokensAsync("payer", 100);
        _moment.Before(nameof(ILedgerAccountGrain.Mark), "payer");
        _moment.Happens = async () =>
        {
            var paid = (await payer.Tip(Tip("late", 7, "tip"))).Value!;
            await _engine.EventuallyHoldsAsync("late", 7);
            // Acknowledged: the mark is after it.
            var version = long.Parse(paid.Transfer.Split('@')[1], System.Globalization.CultureInfo.InvariantCulture);
            await _engine.EventuallyAsync(payer.Mark, mark => mark > version);
        };

        var proof = await _engine.ProveAsync();

        Assert.True(proof.Conserved, proof.ToString());
        Assert.Equal((Of(93), Of(7), 0), (proof.Available, proof.Wallets, proof.InTransit));
    }

    [Fact]
    public async Task A_transfer_after_its_sender_froze_that_arrived_before_its_receiver_froze_is_not_counted_twice()
    {
        var payer = await PaidAsync();
        _moment.Before(nameof(ILedgerAccountGrain.Freeze), "paid");
        _moment.Happens = async () =>
        {
            await _engine.EventuallyAsync(() => _moment.Frozen.Contains("payer"));
            await payer.Tip(Tip("paid", 7, "meanwhile"));
            await _engine.EventuallyHoldsAsync("paid", 8);
        };

        var proof = await _engine.ProveAsync();

        Assert.True(proof.Conserved, proof.ToString());
        Assert.Equal((Of(99), Of(8), -7), (proof.Available, proof.Wallets, proof.InTransit));
    }

    [Fact]
    public async Task A_transfer_before_its_sender_froze_that_arrived_after_its_receiver_froze_is_on_the_way()
    {
        var payer = await PaidAsync();
        _moment.Before(nameof(ILedgerAccountGrain.Freeze), "payer");
        _moment.Happens = async () =>
        {
            await _engine.EventuallyAsync(() => _moment.Frozen.Contains("paid"));
            await payer.Tip(Tip("paid", 7, "meanwhile"));
            await _engine.EventuallyHoldsAsync("paid", 8);
        };

        var proof = await _engine.ProveAsync();

        Assert.True(proof.Conserved, proof.ToString());
        Assert.Equal((Of(92), Of(1), 7), (proof.Available, proof.Wallets, proof.InTransit));
    }

    [Fact]
    public async Task An_account_or_a_list_that_knows_less_than_its_other_activation_is_asked_again()
    {
        var payer = await PaidAsync();
        string[] split =
        [
            "balance/payer",
            "wallet/paid",
            .. Shards.Keys.Select(static shard => $"account-directory/{shard}"),
        ];
        foreach (var grain in split)
        {
            _engine.Split(grain);
        }
        var conserved = 0;
        for (var round = 0; round < 20; round++)
        {
            // Whichever has not taken in the tip, or the account that it opens, now knows less.
            await _engine.RegisterAsync($"new{round}");
            foreach (var model in (string[])["paid", $"new{round}"])
            {
                while (!await IsTipped(model, $"{model}{round}")) { }
            }
            await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));

            var proof = await _engine.Grains.GetGrain<ILedgerProofGrain>(ILedgerProofGrain.Only).Prove(1_000);

            Assert.True(proof.Value?.Conserved ?? proof.Refusal == LedgerRefusals.ProofUnavailable, $"{proof}");
            conserved += proof.Value is null ? 0 : 1;
        }
        Assert.NotEqual(0, conserved);

        async Task<bool> IsTipped(string model, string key)
        {
            try
            {
                return (await payer.Tip(Tip(model, 1, key))).Refusal is null;
            }
            catch (OutcomeUnknownException)
            {
                return false;
            }
        }
    }

    /// <summary>Both accounts are open, and nothing is on the way between them.</summary>
    private async Task<IBalanceGrain> PaidAsync()
    {
        await _engine.RegisterAsync("paid");
        var payer = await _engine.WithTokensAsync("payer", 100);
        await payer.Tip(Tip("paid", 1, "first"));
        await _engine.EventuallyHoldsAsync("paid", 1);
        await _engine.EventuallyAsync(payer.Mark, static mark => mark > 3);
        return payer;
    }

    /// <summary>Lets something happen just before one account is asked for something.</summary>
    private sealed class Moment : IIncomingGrainCallFilter
    {
        private readonly ConcurrentQueue<string> _frozen = new();
        private (string Method, string Key) _before;

        public Func<Task>? Happens { get; set; }

        /// <summary>The owners of the accounts that have frozen.</summary>
        public IReadOnlyCollection<string> Frozen => _frozen;

        public void Before(string method, string key) => _before = (method, key);

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            var key = context.TargetId.Key.ToString()!;
            if (_before == (context.MethodName, key) && Happens is { } happens)
            {
                Happens = null;
                await happens();
            }
            await context.Invoke();
            if (context.MethodName == nameof(ILedgerAccountGrain.Freeze))
            {
                _frozen.Enqueue(key);
            }
        }
    }
}
