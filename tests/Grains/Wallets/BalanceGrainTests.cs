using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Wallets;

public sealed class BalanceGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_balance_that_nobody_has_credited_is_empty()
    {
        Assert.Equal(new BalanceView(Of(0), Of(0), 0), await _engine.Balance("empty").Get());
        Assert.Empty((await _engine.Balance("empty").Statement(null, 10, StatementFilter.None)).Movements);
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_credit_survives_a_crash_and_its_repeat_changes_nothing()
    {
        await _engine.IntroduceAsync("credited");
        var command = new CreditBalance(Root, Of(500), "Welcome", Key("credit-1"));
        var first = await _engine.Balance("credited").Credit(command);
        await _engine.CrashAsync();

        Assert.Equal(first, await _engine.Balance("credited").Credit(command));

        Assert.Equal(Of(500), (await _engine.Balance("credited").Get()).Available);
        Assert.Equal(
            ("balance/credited@2", Of(500), Of(500)),
            (first.Value!.Transfer, first.Value.Tokens, first.Value.Available)
        );
    }

    [Fact, Trait("Spec", "ID-0")]
    public async Task Nobody_who_is_not_known_gets_an_account_by_a_credit()
    {
        var credit = new CreditBalance(Root, Of(500), "Welcome", Key("credit-1"));

        Assert.Equal(IdentityRefusals.UserNotFoundCode, CodeOf(await _engine.Balance("mispelt").Credit(credit)));

        await _engine.RegisterAsync("credited-model");
        Assert.Equal(IdentityRefusals.UserNotFoundCode, CodeOf(await _engine.Balance("credited-model").Credit(credit)));
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task Nobody_tips_themselves()
    {
        var balance = await _engine.WithTokensAsync("vain", 100);

        Assert.Equal(WalletRefusals.SelfDealingCode, CodeOf(await balance.Tip(Tip("vain", 10, "k"))));
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task A_key_used_again_for_something_else_is_refused_and_moves_nothing()
    {
        await _engine.RegisterAsync("mia");
        var balance = await _engine.WithTokensAsync("reuse", 100);
        Assert.Null((await balance.Tip(Tip("mia", 10, "k"))).Refusal);

        Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, CodeOf(await balance.Tip(Tip("mia", 11, "k"))));
        Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, CodeOf(await balance.Tip(Tip("mia", 10, "k", "hi"))));
        var otherReason = new CreditBalance(Root, Of(100), "Another", Key("first-reuse"));
        Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, CodeOf(await balance.Credit(otherReason)));

        Assert.Equal(Of(90), (await balance.Get()).Available);
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task The_keys_of_an_admin_and_of_a_user_never_meet()
    {
        await _engine.RegisterAsync("mia");
        var balance = await _engine.WithTokensAsync("scopes", 100);
        Assert.Null((await balance.Tip(Tip("mia", 10, "same"))).Refusal);

        var credit = await balance.Credit(new CreditBalance(Root, Of(5), "More", Key("same")));
        var byAnother = await balance.Credit(
            new CreditBalance(new Actor(ActorRole.Admin, "other"), Of(5), "More", Key("same"))
        );

        Assert.Null(credit.Refusal);
        Assert.Null(byAnother.Refusal);
        Assert.Equal(Of(100), (await balance.Get()).Available);
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_tip_moves_tokens_to_the_wallet_and_tells_the_model()
    {
        await _engine.RegisterAsync("tipped");
        var balance = await _engine.WithTokensAsync("giver", 100);

        var tip = await balance.Tip(Tip("tipped", 30, "t1", "You're <3"));

        Assert.Equal((Of(30), Of(70)), (tip.Value!.Tokens, tip.Value.Available));
        await _engine.EventuallyHoldsAsync("tipped", 30);
        var inbox = _engine.Grains.GetGrain<INotificationInboxGrain>("tipped");
        var told = await _engine.EventuallyAsync(() => inbox.List(10, 0), static page => page.Total > 0);
        Assert.Equal(
            ("tip_received", "giver tipped you 30 tokens: You're <3"),
            (told.Notifications[0].Kind, told.Notifications[0].Text)
        );
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task Of_many_tips_at_once_only_what_the_balance_holds_goes_through()
    {
        await _engine.RegisterAsync("rush");
        var balance = await _engine.WithTokensAsync("racer", 50);

        var tips = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => balance.Tip(Tip("rush", 1, $"r{n}"))));

        Assert.Equal(50, tips.Count(static tip => tip.Refusal is null));
        Assert.All(
            tips.Where(static tip => tip.Refusal is not null),
            static tip => Assert.Equal(LedgerRefusals.InsufficientBalanceCode, tip.Refusal!.Code)
        );
        Assert.Equal(Of(0), (await balance.Get()).Available);
        await _engine.EventuallyHoldsAsync("rush", 50);
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task Of_many_tips_with_one_key_at_once_one_is_sent_and_all_get_its_answer()
    {
        await _engine.RegisterAsync("single");
        var balance = await _engine.WithTokensAsync("repeater", 50);

        var tips = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => balance.Tip(Tip("single", 7, "one"))));

        Assert.Single(tips.Distinct());
        Assert.Equal(Of(43), (await balance.Get()).Available);
        await _engine.EventuallyHoldsAsync("single", 7);
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_tip_for_a_model_that_nobody_has_registered_is_refused()
    {
        var balance = await _engine.WithTokensAsync("lost", 50);
        Assert.Equal(IdentityRefusals.ModelNotFoundCode, CodeOf(await balance.Tip(Tip("nobody-here", 7, "one"))));
        Assert.Equal(Of(50), (await balance.Get()).Available);
    }

    [Theory, Trait("Spec", "WA-1")]
    [InlineData(0)]
    [InlineData(Tokens.MaxCount + 1)]
    public async Task A_credit_of_nothing_or_of_too_much_is_refused(long tokens)
    {
        var credit = new CreditBalance(Root, Of(tokens), "Top-up", Key("k"));
        Assert.Equal(LedgerRefusals.InvalidTokensCode, CodeOf(await _engine.Balance("bounds").Credit(credit)));
        Assert.Empty((await _engine.Balance("bounds").Statement(null, 10, StatementFilter.None)).Movements);
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_balance_never_grows_past_its_limit()
    {
        var balance = await _engine.WithTokensAsync("rich", Tokens.MaxCount);
        var credit = new CreditBalance(Root, Of(1), "One more", Key("k"));
        Assert.Equal(LedgerRefusals.InvalidTokensCode, CodeOf(await balance.Credit(credit)));
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_credit_needs_a_reason()
    {
        var credit = new CreditBalance(Root, Of(1), " ", Key("k"));
        Assert.Equal(LedgerRefusals.InvalidReasonCode, CodeOf(await _engine.Balance("reasonless").Credit(credit)));
        var tooLong = credit with { Reason = new string('x', LedgerRefusals.MaxReasonLength + 1) };
        Assert.Equal(LedgerRefusals.InvalidReasonCode, CodeOf(await _engine.Balance("reasonless").Credit(tooLong)));
    }
}
