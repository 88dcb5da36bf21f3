using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.TestKit;
using Actors.TestKit.Journals;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Grains.Tests.Payments.Paying;
using Money = Actors.GrainInterfaces.Ledger.Money;

namespace Actors.Grains.Tests.Payments;

[Trait("Spec", "BO-5")]
public sealed class SandboxPaymentTests : IAsyncLifetime
{
    private readonly ToldBookings _bookings = new();
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                GrainAssemblies = [typeof(SandboxPaymentTests).Assembly],
                Configure = services => services.AddSingleton<IIncomingGrainCallFilter>(_bookings),
            }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_session_is_opened_once_and_paid_and_the_performer_gets_it()
    {
        var first = await StartAsync("p1", Asked(250));
        var again = await StartAsync("p1", Asked(250));

        Assert.Equal((PaymentStatus.Pending, Usd(250)), (first.Status, first.Amount));
        Assert.Equal(first, again);
        Assert.StartsWith("/sandbox/payments/p1?token=", first.Link, StringComparison.Ordinal);

        await _engine.Sandbox("p1").Pay();
        await _engine.EventuallyIsAsync("p1", PaymentStatus.Paid);
        await _engine.SettleAsync("p1", refundPercent: 0);

        await _engine.EventuallyAsync(async () => await _engine.OutsideAsync("p1") is { Earned: 250 });
        Assert.Equal((250, 0, 0), Figures((await _engine.OutsideAsync("p1"))!));
        var earnings = await _engine.EventuallyAsync(
            async () => await _engine.Grains.GetGrain<IEarningsGrain>("mia").List(null, 10),
            static page => page.Lines.Count == 1
        );
        Assert.Equal(250, earnings.Earned["USD"]);
        await _engine.EventuallyAsync(() => _bookings.Told.Count == 2);
        Assert.Equal([PaymentStatus.Paid, PaymentStatus.Settled], _bookings.Of("p1"));
    }

    [Fact]
    public async Task Another_price_under_the_same_id_is_refused()
    {
        await StartAsync("p1", Asked(250));

        var other = await _engine.Payment("p1").Start(_engine.StartOf("p1", Asked(251)));

        Assert.Equal(PaymentRefusals.PaymentOtherCode, other.Refusal?.Code);
    }

    [Fact]
    public async Task What_is_started_after_its_time_opens_no_session()
    {
        var late = _engine.StartOf("p1", Asked(250));
        await _engine.AdvanceAsync(late.ExpiresAt - _engine.Time.GetUtcNow());

        Assert.Equal(PaymentRefusals.PaymentRefusedCode, (await _engine.Payment("p1").Start(late)).Refusal?.Code);
        Assert.Null(await _engine.Payment("p1").Get());
        Assert.Null(await _engine.Sandbox("p1").Get());
    }

    [Fact]
    public async Task A_provider_that_is_not_offered_leaves_nothing_behind()
    {
        var refused = await _engine.Payment("p1").Start(_engine.StartOf("p1", Asked(1), PaymentProviders.Stripe));

        Assert.Equal(PaymentRefusals.ProviderUnknownCode, refused.Refusal?.Code);
        Assert.Null(await _engine.Payment("p1").Get());
        Assert.Equal(
            PaymentRefusals.PaymentNotFoundCode,
            (await _engine.Payment("p1").Hear(Paid("e1", 1))).Refusal?.Code
        );
        Assert.Null(await _engine.Payment("p1").Get());
    }

    [Fact]
    public async Task A_decline_is_told_and_a_payment_after_it_counts()
    {
        await StartAsync("p1", Usd(900));
        await _engine.Sandbox("p1").Decline();
        await _engine.EventuallyIsAsync("p1", PaymentStatus.Declined);

        await _engine.Sandbox("p1").Pay();
        await _engine.EventuallyIsAsync("p1", PaymentStatus.Paid);

        await _engine.EventuallyAsync(() => _bookings.Told.Count == 2);
        Assert.Equal([PaymentStatus.Declined, PaymentStatus.Paid], _bookings.Of("p1"));
    }

    [Fact]
    public async Task Late_money_is_told_to_the_booking_and_goes_back_once_when_it_says_so()
    {
        await StartAsync("p1", Usd(900));
        await _engine.ExpireAsync("p1");
        await _engine.EventuallyAsync(async () => (await _engine.Sandbox("p1").Get())!.Status == SandboxStatus.Closed);
        await _engine.Sandbox("p1").Pay();
        await _engine.EventuallyIsAsync("p1", PaymentStatus.Paid);
        Assert.Equal([PaymentStatus.Paid], _bookings.Of("p1"));

        await _engine.SettleAsync("p1", refundPercent: 100, number: 2);
        await _engine.SettleAsync("p1", refundPercent: 0, number: 3);
        await _engine.SettleAsync("p1", refundPercent: 100, number: 4);

        await RefundedAsync("p1", 900);
        await _engine.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(1, (await _engine.Sandbox("p1").Get())!.Refunds);
        Assert.Equal((900, 900, 0), Figures((await _engine.OutsideAsync("p1"))!));
    }

    [Fact]
    public async Task Paid_twice_the_second_money_goes_back_by_itself()
    {
        await StartAsync("p1", Usd(900));
        await _engine.Sandbox("p1").Pay();
        await _engine.Sandbox("p1").Pay();

        await RefundedAsync("p1", 900);
        Assert.Equal((1800, 900, 900), Figures((await _engine.OutsideAsync("p1"))!));
        Assert.Equal(PaymentStatus.Paid, _bookings.Of("p1")[0]);
        Assert.Equal(0, (await _engine.Payment("p1").Get())!.Refunded);
    }

    [Theory]
    [InlineData("USD", 899)]
    [InlineData("USD", 901)]
    [InlineData("EUR", 900)]
    public async Task Money_that_does_not_match_is_flagged_and_goes_back_and_the_right_one_still_counts(
        string currency,
        long amount
    )
    {
        await StartAsync("p1", Usd(900));
        await _engine.Sandbox("p1").Pay(new Money(currency, amount));

        var declined = await _engine.EventuallyIsAsync("p1", PaymentStatus.Declined);
        Assert.Equal("WRONG_AMOUNT", declined.Failure);
        await _engine.EventuallyAsync(async () =>
            await _engine.OutsideAsync("p1", currency) is { } money && money.Refunded == amount
        );
        await _engine.EventuallyAsync(async () =>
            (await _engine.Grains.GetGrain<IPaymentFlagsGrain>(Shards.Of("p1")).List(10, 0)).Total == 0
        );

        await _engine.Sandbox("p1").Pay();
        await _engine.EventuallyIsAsync("p1", PaymentStatus.Paid);
        await _engine.EventuallyAsync(() => _bookings.Of("p1").Contains(PaymentStatus.Paid));
    }

    [Fact]
    public async Task A_hundred_times_the_same_message_at_once_is_one_payment()
    {
        await StartAsync("p1", Usd(900));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _engine.Payment("p1").Hear(Paid("e1", 900))));

        await _engine.EventuallyAsync(() => _bookings.Told.Count == 1);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([PaymentStatus.Paid], _bookings.Of("p1"));
        Assert.Equal((900, 0, 900), Figures((await _engine.OutsideAsync("p1"))!));
        Assert.Single((await _engine.Payment("p1").Describe())!.Receipts);
    }

    [Fact]
    public async Task The_same_money_under_another_event_id_is_one_payment()
    {
        await StartAsync("p1", Usd(900));

        await _engine.Payment("p1").Hear(Paid("e1", 900));
        await _engine.Payment("p1").Hear(Paid("e2", 900));

        Assert.Single((await _engine.Payment("p1").Describe())!.Receipts);
    }

    [Fact]
    public async Task Money_for_what_was_settled_without_any_goes_back()
    {
        await StartAsync("p1", Usd(900));
        await _engine.SettleAsync("p1", refundPercent: 0);
        await _engine.Sandbox("p1").Pay();

        await RefundedAsync("p1", 900);
        Assert.DoesNotContain(PaymentStatus.Paid, _bookings.Of("p1"));
    }

    [Fact]
    public async Task A_part_goes_back_before_the_call_and_the_rest_is_settled()
    {
        await StartAsync("p1", Asked(900));
        await _engine.Sandbox("p1").Pay();
        await _engine.EventuallyIsAsync("p1", PaymentStatus.Paid);

        var reduce = new ReducePayment(600, "A shorter call.");
        await _engine.Payment("p1").Reduce(new Delivery("booking/bk-p1", 1), reduce);
        await _engine.Payment("p1").Reduce(new Delivery("booking/bk-p1", 1), reduce);
        await _engine.SettleAsync("p1", refundPercent: 50);

        await RefundedAsync("p1", 600);
        Assert.Equal((900, 600, 0), Figures((await _engine.OutsideAsync("p1"))!));
        Assert.Equal(600, (await _engine.Payment("p1").Get())!.Refunded);
    }

    [Fact]
    public async Task A_correction_gives_back_what_was_not_yet_once()
    {
        await StartAsync("p1", Usd(900));
        await _engine.Sandbox("p1").Pay();
        await _engine.EventuallyIsAsync("p1", PaymentStatus.Paid);
        await _engine.SettleAsync("p1", refundPercent: 0, number: 2);
        await _engine.SettleAsync("p1", refundPercent: 50, number: 3, correction: true);
        await _engine.SettleAsync("p1", refundPercent: 100, number: 4, correction: true);

        await RefundedAsync("p1", 450);
        Assert.Equal((900, 450, 0), Figures((await _engine.OutsideAsync("p1"))!));
        var earnings = await _engine.Grains.GetGrain<IEarningsGrain>("mia").List(null, 10);
        Assert.Equal((450, 2), (earnings.Earned["USD"], earnings.Lines.Count));
    }

    [Fact]
    public async Task A_message_that_was_lost_is_made_up_for_by_asking()
    {
        await StartAsync("p1", Usd(900));
        _bookings.IsDeaf = true;
        await _engine.Sandbox("p1").Pay();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(PaymentStatus.Pending, (await _engine.Payment("p1").Get())!.Status);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(20));
        await _engine.EventuallyIsAsync("p1", PaymentStatus.Paid);
    }

    [Fact]
    public async Task Every_fault_of_the_storage_leaves_the_money_where_it_belongs()
    {
        // Each append of the whole life fails once, before or after it was written; everything is tried again.
        for (var number = 1; number <= 24; number++)
        {
            var id = $"f{number}";
            var count = 0;
            _engine.Journal.Fault = _ => ++count == number ? AppendFault.BeforeWriting : AppendFault.None;
            await AgainAsync(() => _engine.Payment(id).Start(_engine.StartOf(id, Usd(900))));
            await AgainAsync(() => _engine.Sandbox(id).Pay());
            await AgainAsync<Done>(async () =>
                await _engine.Payment(id).Get() is { Status: PaymentStatus.Paid }
                    ? Done.It
                    : PaymentRefusals.PaymentNotFound
            );
            await AgainAsync(async () =>
            {
                await _engine.SettleAsync(id, refundPercent: 100);
                return (Outcome<Done>)Done.It;
            });
            _engine.Journal.Fault = null;
            await _engine.EventuallyAsync(async () => (await _engine.Sandbox(id).Get())!.Refunds > 0);
            Assert.Equal(1, (await _engine.Sandbox(id).Get())!.Refunds);
        }
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));
        foreach (var shard in Shards.Keys)
        {
            foreach (var money in (await _engine.Grains.GetGrain<IOutsideMoneyGrain>(shard).Figures()).Currencies)
            {
                Assert.True(money.Conserved);
                Assert.Equal((money.Received, 0), (money.Refunded, money.Held));
            }
        }
    }

    [Fact]
    public async Task A_crash_at_any_moment_loses_nothing()
    {
        await StartAsync("p1", Usd(900));
        await _engine.CrashAsync();
        await _engine.Sandbox("p1").Pay();
        await _engine.CrashAsync();
        await _engine.EventuallyIsAsync("p1", PaymentStatus.Paid);
        await _engine.SettleAsync("p1", refundPercent: 100);
        await _engine.CrashAsync();

        await RefundedAsync("p1", 900);
        Assert.Equal(1, (await _engine.Sandbox("p1").Get())!.Refunds);
        Assert.Equal([PaymentStatus.Paid, PaymentStatus.Settled, PaymentStatus.Settled], _bookings.Of("p1"));
    }

    /// <summary>With the same key until it is done, as every caller does.</summary>
    private async Task AgainAsync<T>(Func<Task<Outcome<T>>> ask)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try
            {
                if ((await ask()).Refusal is null)
                {
                    return;
                }
            }
            catch (OutcomeUnknownException)
            {
                // Asked again below.
            }
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(30));
        }
        Assert.Fail("It was never done.");
    }

    private static ProviderEvent Paid(string eventId, long cents) =>
        new(eventId, ProviderEventKind.Paid, Usd(cents), default, "money-1");

    private static (long Received, long Refunded, long Held) Figures(OutsideMoney money)
    {
        Assert.True(money.Conserved, money.ToString());
        return (money.Received, money.Refunded, money.Held);
    }

    private async Task<PaymentView> StartAsync(string id, Money price)
    {
        var started = await _engine.Payment(id).Start(_engine.StartOf(id, price));
        Assert.Null(started.Refusal);
        return started.Value!;
    }

    private Task RefundedAsync(string id, long amount) =>
        _engine.EventuallyAsync(async () => await _engine.OutsideAsync(id) is { } money && money.Refunded == amount);
}
