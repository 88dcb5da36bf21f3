using System.Text;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using Actors.TestKit.Journals;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Grains.Tests.Payments.Paying;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Payments;

[Trait("Spec", "BO-5")]
public sealed class TokenPaymentTests : IAsyncLifetime
{
    private readonly ToldBookings _bookings = new();
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                GrainAssemblies = [typeof(TokenPaymentTests).Assembly],
                Configure = services => services.AddSingleton<IIncomingGrainCallFilter>(_bookings),
            }
        );
        await _engine.RegisterAsync("mia");
        await _engine.WithTokensAsync("ana", 1_000);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact, Trait("Spec", "WA-1")]
    public async Task Tokens_are_held_at_once_and_the_performer_gets_them_at_the_end()
    {
        var paid = await StartAsync("p1", 400);
        Assert.Equal((PaymentStatus.Paid, Asked(400)), (paid.Status, paid.Amount));
        Assert.Equal((Of(600), Of(400)), await AnaAsync());

        await _engine.SettleAsync("p1", refundPercent: 0);
        await _engine.SettleAsync("p1", refundPercent: 100, number: 3);

        await _engine.EventuallyHoldsAsync("mia", 400);
        Assert.Equal((Of(600), Of(0)), await AnaAsync());
        await _engine.EventuallyAsync(() => _bookings.Told.Count == 2);
        Assert.Equal([PaymentStatus.Paid, PaymentStatus.Settled], _bookings.Of("p1"));
    }

    [Fact, Trait("Spec", "WA-3")]
    public async Task The_statements_of_both_know_hold_earning_and_rest()
    {
        await StartAsync("p1", 401);
        await _engine.SettleAsync("p1", refundPercent: 50);
        await _engine.EventuallyHoldsAsync("mia", 200);

        var own = await _engine.Balance("ana").Statement(null, 10, StatementFilter.None);
        var hers = await _engine.Wallet("mia").Statement(null, 10, StatementFilter.None);

        Assert.Equal(
            [
                (MovementKind.Release, "balance/ana/held", "balance/ana", Of(201), Of(800), Of(0)),
                (MovementKind.Call, "balance/ana/held", "wallet/mia", Of(200), Of(599), Of(201)),
                (MovementKind.Hold, "balance/ana", "balance/ana/held", Of(401), Of(599), Of(401)),
                (MovementKind.Credit, "platform", "balance/ana", Of(1_000), Of(1_000), Of(0)),
            ],
            own.Movements.Select(static m => (m.Kind, m.From, m.To, m.Tokens, m.Available, m.Held))
        );
        var earned = Assert.Single(hers.Movements);
        Assert.Equal(
            (MovementKind.Call, "balance/ana/held", "wallet/mia", "Private call bk-p1"),
            (earned.Kind, earned.From, earned.To, earned.Cause)
        );
        Assert.Equal(own.Movements[1].Transfer, earned.Transfer);
    }

    [Fact]
    public async Task Too_few_tokens_are_refused_for_good_and_nothing_is_held()
    {
        var refused = await _engine.Payment("p1").Start(Tokens("p1", 1_001));
        var again = await _engine.Payment("p1").Start(Tokens("p1", 1_001));

        Assert.Equal(LedgerRefusals.InsufficientBalanceCode, refused.Refusal?.Code);
        Assert.Equal(LedgerRefusals.InsufficientBalanceCode, again.Refusal?.Code);
        Assert.Equal((Of(1_000), Of(0)), await AnaAsync());
    }

    [Fact]
    public async Task Who_is_restricted_holds_nothing()
    {
        await _engine.Balance("ana").Restrict(new Delivery("user-profile/ana", 1), true);

        var refused = await _engine.Payment("p1").Start(Tokens("p1", 10));

        Assert.Equal(IdentityRefusals.RestrictedCode, refused.Refusal?.Code);
        Assert.Equal((Of(1_000), Of(0)), await AnaAsync());
    }

    [Fact]
    public async Task Two_payments_that_the_balance_cannot_both_hold_are_one()
    {
        var both = await Task.WhenAll(
            _engine.Payment("p1").Start(Tokens("p1", 600)),
            _engine.Payment("p2").Start(Tokens("p2", 600))
        );

        Assert.Single(both, static one => one.Refusal is null);
        Assert.Equal((Of(400), Of(600)), await AnaAsync());
    }

    [Fact]
    public async Task A_price_in_a_currency_cannot_be_paid_in_tokens()
    {
        var refused = await _engine.Payment("p1").Start(_engine.StartOf("p1", Usd(10), PaymentProviders.Tokens));

        Assert.Equal(PaymentRefusals.CurrencyNotAcceptedCode, refused.Refusal?.Code);
    }

    [Fact]
    public async Task A_cheaper_call_frees_a_part_and_the_rest_is_settled()
    {
        await StartAsync("p1", 400);
        await _engine.Payment("p1").Reduce(new Delivery("booking/bk-p1", 1), new ReducePayment(300, "A shorter call."));
        await _engine.EventuallyAsync(async () => await AnaAsync() == (Of(700), Of(300)));

        await _engine.SettleAsync("p1", refundPercent: 0);

        await _engine.EventuallyHoldsAsync("mia", 300);
        Assert.Equal((Of(700), Of(0)), await AnaAsync());
        Assert.Equal(100, (await _engine.Payment("p1").Get())!.Refunded);
    }

    [Fact, Trait("Spec", "WA-2")]
    public async Task A_correction_takes_tokens_back_once_also_when_the_wallet_no_longer_holds_them()
    {
        await StartAsync("p1", 400);
        await _engine.SettleAsync("p1", refundPercent: 0, number: 2);
        await _engine.EventuallyHoldsAsync("mia", 400);
        await StartAsync("p2", 100);
        await _engine.SettleAsync("p2", refundPercent: 0, number: 2);
        await _engine.EventuallyHoldsAsync("mia", 500);

        await _engine.SettleAsync("p1", refundPercent: 100, number: 3, correction: true);
        await _engine.SettleAsync("p1", refundPercent: 100, number: 4, correction: true);
        await _engine.EventuallyAsync(async () => await AnaAsync() == (Of(900), Of(0)));
        await _engine.EventuallyHoldsAsync("mia", 100);

        await _engine.Wallet("mia").PayOut(new GrainInterfaces.Wallets.PayOut(Root, Of(100), "November", Key("out")));
        await _engine.SettleAsync("p2", refundPercent: 100, number: 3, correction: true);
        await _engine.EventuallyAsync(async () => await AnaAsync() == (Of(1_000), Of(0)));

        var proof = await _engine.ProveAsync();
        Assert.True(proof.Conserved);
        Assert.Equal((Of(1_100), Of(100)), (proof.Issued, proof.Redeemed));
    }

    [Fact, Trait("Spec", "WA-2")]
    public async Task Through_crashes_every_token_is_somewhere()
    {
        await StartAsync("p1", 400);
        await StartAsync("p2", 300);
        await _engine.CrashAsync();
        await _engine.SettleAsync("p1", refundPercent: 25);
        await _engine.CrashAsync();
        await _engine.EventuallyHoldsAsync("mia", 300);

        var proof = await _engine.ProveAsync();

        Assert.True(proof.Conserved);
        Assert.Equal((Of(400), Of(300), Of(300)), (proof.Available, proof.Held, proof.Wallets));
        Assert.Empty(proof.Outside);
    }

    [Fact]
    public async Task A_crash_between_the_hold_and_the_answer_does_not_hold_twice()
    {
        // The payment could not write down that it is paid: the hold is there, and asked for again.
        _engine.Journal.Fault = static commit =>
            commit.Events.Any(static json =>
                Encoding.UTF8.GetString(json.Span).Contains("payment.session-opened", StringComparison.Ordinal)
            )
                ? AppendFault.BeforeWriting
                : AppendFault.None;
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => _engine.Payment("p1").Start(Tokens("p1", 400)));
        await _engine.CrashAsync();
        Assert.Equal((Of(600), Of(400)), await AnaAsync());

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));

        await _engine.EventuallyIsAsync("p1", PaymentStatus.Paid);
        Assert.Equal((Of(600), Of(400)), await AnaAsync());
    }

    private StartPayment Tokens(string id, long tokens) => _engine.StartOf(id, Asked(tokens), PaymentProviders.Tokens);

    private async Task<PaymentView> StartAsync(string id, long tokens)
    {
        var started = await _engine.Payment(id).Start(Tokens(id, tokens));
        Assert.Null(started.Refusal);
        return started.Value!;
    }

    private async Task<(GrainInterfaces.Ledger.Tokens, GrainInterfaces.Ledger.Tokens)> AnaAsync()
    {
        var view = await _engine.Balance("ana").Get();
        return (view.Available, view.Held);
    }
}
