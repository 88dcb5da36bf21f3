using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;
using Actors.Grains.Identity;
using Actors.Grains.Ledger;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Sealing;

namespace Actors.Grains.Wallets;

/// <summary>One model's wallet. It follows the balances by their outboxes, and decides about refunds and payouts.</summary>
[GrainType("wallet")]
public sealed class WalletGrain(
    IGrainContext context,
    DurableServices services,
    WebhookInterest interest,
    IErasableKeys keys
) : EventSourcedGrain<Wallet, WalletEvent>(context, services, Definition), IWalletGrain
{
    private static readonly Aggregate<Wallet, WalletEvent> Definition = new()
    {
        Initial = Wallet.Empty,
        Evolve = WalletRules.Evolve,
        NextDue = WalletRules.AnnounceAt,
        EventJson = WalletJson.Default.WalletEvent,
        StateJson = WalletJson.Default.Wallet,
        Schema = 3,
    };

    private readonly LedgerCuts<Wallet> _cuts = new();
    private AccountStatement<WalletEvent> _statement = null!;
    private WalletWords _words = null!;

    private DateTimeOffset Time => Current.Clock.TimeOf(Now);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _words = new WalletWords(Key, keys);
        _statement = new(
            (before, max) => _words.OpenAsync(ReadBackwardAsync(before, max)),
            (from, max) => _words.OpenAsync(ReadForwardAsync(from, max)),
            static @event => @event.At,
            (@event, version) => WalletMovements.Of(Key, @event, version)
        );
        return base.OnActivateAsync(cancellationToken);
    }

    public ValueTask<WalletView> Get() => new(View(Durable));

    public Task Receive(IReadOnlyList<Delivered<Earning>> earnings) =>
        Current.Account is null ? OpenAndReceiveAsync(earnings) : TakeInAsync(earnings);

    public Task<Outcome<RefundReceipt>> Refund(RefundPurchase command) =>
        ReturnAsync(
            command.Sold.PurchaseId,
            command.UserId,
            command.Actor,
            command.Key,
            () => WalletRules.Decide(Current, command, Time)
        );

    public Task<Outcome<RefundReceipt>> ReturnTip(ReturnTip command) =>
        ReturnAsync(
            command.TipId,
            command.UserId,
            command.Actor,
            command.Key,
            () => WalletRules.Decide(Current, command, Time)
        );

    public async Task<Outcome<PayoutReceipt>> PayOut(PayOut command)
    {
        // Nobody has a wallet by a misspelt id, and gets no key.
        var key = Current.Account is null ? null : await _words.KeyAsync();
        if (Current.Keys.TryGet(WalletRules.KeyOf(command.Actor, command.Key), out var version))
        {
            await WhenDurable();
            return Repeated(await _words.OpenAsync(await ReadAsync(version)), version, command);
        }
        return await Apply<TokensPaidOut, PayoutReceipt>(
            WalletRules.Decide(Current, command, Time).Map(paid => WalletWords.Seal(paid, key)),
            (paid, at) => Receipt(paid, at)
        );
    }

    public async Task<WalletView> AsOf(DateTimeOffset time) =>
        (await _statement.AtAsync(time, DurableVersion)) is { } @event
            ? View(Wallet.Empty with { Tokens = @event.After })
            : View(Wallet.Empty);

    public Task<StatementPage> Statement(long? before, int limit, StatementFilter filter) =>
        _statement.BeforeAsync(before, limit, filter, DurableVersion);

    public Task<StatementPage> Since(long after, int limit) => _statement.SinceAsync(after, limit, DurableVersion);

    public async Task<SalesPage> Sales(long after, int limit)
    {
        var events = await ReadForwardAsync(after + 1, limit);
        var sales = events.Select(static entry => WalletMovements.SaleOf(entry.Event)).OfType<Sale>();
        return new SalesPage([.. sales], after + events.Count, events.Count == limit);
    }

    public Task<long> Mark() => Task.FromResult(OldestUnsentVersion ?? DurableVersion + 1);

    public async Task<AccountCut> Freeze(string proof)
    {
        await ProveNewestAsync();
        var cut = Cut();
        _cuts.Keep(proof, cut);
        var wallet = cut.State;
        return new AccountCut(cut.Version, wallet.Tokens, Tokens.None, wallet.Issued, wallet.PaidOut);
    }

    public async Task<OutgoingTransfers> Outgoing(long fromVersion, int limit)
    {
        await ProveNewestAsync();
        var events = await ReadForwardAsync(fromVersion, limit);
        var transfers =
            from entry in events
            let returned = entry.Event as IReturn
            where returned is not null
            select new OutgoingTransfer(
                entry.Version,
                DeliveryOf(entry.Version),
                AccountId.OfUser(returned.UserId),
                returned.Tokens
            );
        return new OutgoingTransfers([.. transfers], events.Count == limit ? fromVersion + limit : null);
    }

    public Task<ArrivedTransfers?> Arrived(string proof, IReadOnlyList<Delivery> deliveries) =>
        Task.FromResult(_cuts.Arrived(proof, deliveries));

    public Task ReturnCall(Delivery delivery, ReturnCall command) =>
        CommitOnce(delivery, () => WalletRules.Decide(Current, command, Time));

    protected override IReadOnlyList<Effect> EffectsOf(WalletEvent @event, long version) =>
        WalletEffects.Of(Key, @event, version);

    protected override Task OnDueAsync(DateTimeOffset now) =>
        WalletRules.DecideAnnouncement(Current, Current.Clock.TimeOf(now)) is { } announced
            ? Commit(announced)
            : Task.CompletedTask;

    /// <summary>The account is listed before its first tokens, so that whoever adds up the ledger misses none.</summary>
    private async Task OpenAndReceiveAsync(IReadOnlyList<Delivered<Earning>> earnings)
    {
        var number = await GrainFactory.OpenAccountAsync(AccountId.OfModel(Key));
        if (Current.Account is null)
        {
            await Commit(new WalletOpened(Time, Current.Tokens, number));
        }
        await TakeInAsync(earnings);
    }

    private Task TakeInAsync(IReadOnlyList<Delivered<Earning>> earnings) =>
        CommitOnce(earnings, earning => WalletRules.Decide(Current, earning, Time));

    private async Task<Outcome<RefundReceipt>> ReturnAsync(
        PurchaseId of,
        string userId,
        Actor actor,
        IdempotencyKey key,
        Func<Outcome<WalletEvent>> decide
    )
    {
        var words = await _words.KeyOfUserAsync(userId);
        if (Current.Refunds.TryGet(WalletRules.KeyOf(of), out var version))
        {
            await WhenDurable();
            // A fingerprint stands for what was given: another one may share it.
            if (await _words.OpenAsync(await ReadAsync(version)) is IReturn given && given.Of == of)
            {
                return WalletEffects.ReceiptOf(Key, given, given.Reason, version);
            }
        }
        if (Current.Keys.TryGet(WalletRules.KeyOf(actor, key), out _))
        {
            return LedgerRefusals.IdempotencyKeyReused;
        }
        return await Apply<WalletEvent, RefundReceipt>(
            decide()
                .Map(@event => WalletWords.Seal(@event, words))
                .Map(@event => interest.Mark(@event, WalletNews.TypeOf(@event))),
            (returned, at) =>
                WalletEffects.ReceiptOf(Key, (IReturn)returned, words.OpenWords(((IReturn)returned).Reason), at)
        );
    }

    private Outcome<PayoutReceipt> Repeated(WalletEvent @event, long version, PayOut command) =>
        @event is TokensPaidOut paid
        && paid.Tokens == command.Tokens
        && MoneyText.IsSame(paid.Reason, MoneyText.Reason(command.Reason))
        && paid.Key == command.Key
            ? Receipt(paid, version)
            : LedgerRefusals.IdempotencyKeyReused;

    private PayoutReceipt Receipt(TokensPaidOut paid, long version) =>
        new(BalanceMovements.TransferOf(AccountId.OfModel(Key), version), paid.Tokens, paid.After, paid.At);

    private static WalletView View(Wallet wallet) => new(wallet.Tokens, wallet.Earned, wallet.Refunded, wallet.PaidOut);
}
