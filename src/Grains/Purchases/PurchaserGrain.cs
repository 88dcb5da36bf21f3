using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;
using Actors.Grains.Identity;
using Actors.Grains.Ledger;
using Actors.Grains.Menus;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Sealing;
using Actors.Grains.Wallets;

namespace Actors.Grains.Purchases;

/// <summary>
/// One user's tokens and purchases. Every command is one event, so that it happened whole or not at all; what others have
/// to do about it leaves through the outbox.
/// </summary>
[GrainType("balance")]
public sealed class PurchaserGrain(
    IGrainContext context,
    DurableServices services,
    Quotes quotes,
    WebhookInterest interest,
    IErasableKeys keys
) : EventSourcedGrain<Balance, BalanceEvent>(context, services, Definition), IBalanceGrain, IPurchaserGrain
{
    private static readonly Aggregate<Balance, BalanceEvent> Definition = new()
    {
        Initial = Balance.Empty,
        Evolve = BalanceRules.Evolve,
        EventJson = WalletJson.Default.BalanceEvent,
        StateJson = WalletJson.Default.Balance,
        Schema = 4,
    };

    private readonly LedgerCuts<Balance> _cuts = new();
    private AccountStatement<BalanceEvent> _statement = null!;
    private BalanceWords _words = null!;
    private PurchaseHistory _purchases = null!;
    private RefundDesk _refunds = null!;

    private DateTimeOffset Time => Current.Clock.TimeOf(Now);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _words = new BalanceWords(Key, keys);
        _statement = new(
            OpenBackwardAsync,
            (from, max) => _words.OpenAsync(ReadForwardAsync(from, max)),
            static @event => @event.At,
            (@event, version) => BalanceMovements.Of(Key, @event, version)
        );
        _purchases = new(Key, OpenBackwardAsync);
        _refunds = new(GrainFactory);
        return base.OnActivateAsync(cancellationToken);
    }

    public ValueTask<BalanceView> Get() => new(View(Durable.Amounts));

    public async Task<Outcome<CreditReceipt>> Credit(CreditBalance command)
    {
        // Whom nobody knows gets no key; without an account nothing is written down below.
        var key = Current.Account is null ? null : await _words.KeyAsync();
        if (Current.Keys.TryGet(BalanceRules.KeyOf(command.Actor, command.Key), out var version))
        {
            return await RepeatAsync(version, @event => BalanceReceipts.Repeated(Key, version, @event, command));
        }
        var decision = BalanceRules.Decide(Current, command, Time);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        if (Current.Account is null)
        {
            return await OpenAsync() is { } refusal ? refusal : await Credit(command);
        }
        return await Apply<TokensCredited, CreditReceipt>(
            decision.Map(credited => BalanceWords.Seal(credited, key)),
            (credited, at) => BalanceReceipts.Of(Key, at, credited)
        );
    }

    public async Task<Outcome<DebitReceipt>> Debit(DebitBalance command)
    {
        var key = Current.Account is null ? null : await _words.KeyAsync();
        if (Current.Keys.TryGet(BalanceRules.KeyOf(command.Actor, command.Key), out var version))
        {
            return await RepeatAsync(version, @event => BalanceReceipts.Repeated(Key, version, @event, command));
        }
        var decision = BalanceRules.Decide(Current, command, Time);
        if (decision.Refusal is not null && await RefuseUnknownAsync() is { } refusal)
        {
            return refusal;
        }
        return await Apply<TokensDebited, DebitReceipt>(
            decision.Map(debited => BalanceWords.Seal(debited, key)),
            (debited, at) => BalanceReceipts.Of(Key, at, debited)
        );
    }

    public async Task<Outcome<TipReceipt>> Tip(SendTip command)
    {
        if (command.ModelId.Value == Key)
        {
            return WalletRefusals.SelfDealing;
        }
        // Before the key is looked up: between that and the decision nothing may be awaited.
        var model = await GrainFactory.GetGrain<IModelProfileGrain>(command.ModelId.Value).Get();
        var key = command.Message is null || Current.Account is null ? null : await _words.KeyAsync();
        if (Current.Keys.TryGet(BalanceRules.KeyOf(command.Key), out var version))
        {
            return await RepeatAsync(
                version,
                @event => BalanceReceipts.Repeated(Key, TipIdOf(version), @event, command)
            );
        }
        if (ModelProfileRules.RefuseEarning(model) is { } refusal)
        {
            return refusal;
        }
        return await Apply<TipSent, TipReceipt>(
            BalanceRules.Decide(Current, command, Time).Map(tip => Named(BalanceWords.Seal(tip, key))),
            (tip, at) => BalanceReceipts.Of(Key, TipIdOf(at), tip)
        );
    }

    public async Task<Outcome<RefundReceipt>> RefundTip(RequestRefund command)
    {
        // The wallet must have got the tokens before it is asked to give them back.
        await WhenSentAsync();
        var id = command.PurchaseId;
        return
            id.Account == Current.Account && id.Version <= DurableVersion && await ReadAsync(id.Version) is TipSent tip
            ? await _refunds.ReturnTipAsync(Key, tip, command)
            : WalletRefusals.TipNotFound;
    }

    public async Task<Outcome<PurchaseReceipt>> Purchase(PurchaseItem command)
    {
        var key = BalanceRules.KeyOf(command.Key);
        if (Current.Keys.TryGet(key, out var version))
        {
            return await RepeatAsync(version, @event => PurchaseViews.Repeated(@event, command));
        }
        var offer = await OfferAsync(command);
        // Looked up again: the same command may have been decided while the menu and the queue were asked.
        if (Current.Keys.TryGet(key, out version))
        {
            await GiveBackAsync(offer.Value);
            return await RepeatAsync(version, @event => PurchaseViews.Repeated(@event, command));
        }
        if (offer.Refusal is not null)
        {
            return PurchaseMetrics.Refused(offer.Refusal);
        }
        var decision = PurchaseRules.Decide(Current, command, offer.Value!.Quote, offer.Value.Place, Time);
        if (decision.Refusal is not null)
        {
            await GiveBackAsync(offer.Value);
            return PurchaseMetrics.Refused(decision.Refusal);
        }
        await Commit(Tellable(decision.Value!));
        PurchaseMetrics.Made(decision.Value!);
        return PurchaseViews.Receipt(decision.Value!)!;
    }

    public Task<PurchasePage> History(int limit, int offset, PurchaseFilter filter) =>
        _purchases.PageAsync(Durable, limit, offset, filter);

    public async Task<Outcome<PurchaseView>> Find(PurchaseId purchaseId) =>
        await _purchases.FindAsync(Durable, purchaseId) is { } view ? view : PurchaseRefusals.PurchaseNotFound;

    public async Task<Outcome<RefundReceipt>> Refund(RequestRefund command)
    {
        // The wallet must have got the tokens before it is asked to give them back.
        await WhenSentAsync();
        return await _purchases.FindAsync(Durable, command.PurchaseId) is { } view
            ? await _refunds.RefundAsync(view, command)
            : PurchaseRefusals.PurchaseNotFound;
    }

    public ValueTask<OpenQueues> OpenQueues() =>
        new(new OpenQueues([.. Durable.Holds.Values.Select(static hold => hold.Item.ModelId).Distinct()]));

    public Task Settle(Delivery delivery, PurchaseSettlement settlement) =>
        CommitOnce(
            delivery,
            () => PurchaseRules.Decide(Current, settlement, Time) is { } settled ? Tellable(settled) : null
        );

    public Task DeviceFailed(Delivery delivery, PurchaseId purchaseId, string failure) =>
        CommitOnce(delivery, () => PurchaseRules.Decide(Current, purchaseId, failure, Time));

    public async Task<Outcome<CallHold>> HoldForCall(HoldForCall command)
    {
        if (Current.Keys.TryGet(CallRules.KeyOf(command.PaymentId), out var version))
        {
            return await RepeatAsync(version, @event => CallRules.Repeated(@event, command));
        }
        return await Apply<CallHeld, CallHold>(
            CallRules.Decide(Current, command, Time),
            static (held, _) => CallRules.Receipt(held)
        );
    }

    public Task ReduceCall(Delivery delivery, CallReduction reduction) =>
        CommitOnce(delivery, () => CallRules.Decide(Current, reduction, Time));

    public Task SettleCall(Delivery delivery, CallSettlement settlement) =>
        CommitOnce(delivery, () => CallRules.Decide(Current, settlement, Time));

    public async Task CorrectCall(Delivery delivery, CallCorrection correction)
    {
        // The wallet must have got the tokens before it is asked to give them back.
        await WhenSentAsync();
        await CommitOnce(delivery, () => CallRules.Decide(Current, correction, Time));
    }

    public Task ReceiveRefund(Delivery delivery, RefundNotice notice) =>
        CommitOnce(delivery, () => BalanceRules.Decide(Current, notice, Time));

    public Task Restrict(Delivery delivery, bool restricted) =>
        CommitOnce(delivery, () => BalanceRules.DecideRestricted(Current, restricted, Time));

    public async Task<BalanceView> AsOf(DateTimeOffset time) =>
        View((await _statement.AtAsync(time, DurableVersion))?.After ?? Amounts.None);

    public Task<StatementPage> Statement(long? before, int limit, StatementFilter filter) =>
        _statement.BeforeAsync(before, limit, filter, DurableVersion);

    public Task<StatementPage> Since(long after, int limit) => _statement.SinceAsync(after, limit, DurableVersion);

    public Task<long> Mark() => Task.FromResult(OldestUnsentVersion ?? DurableVersion + 1);

    public async Task<AccountCut> Freeze(string proof)
    {
        await ProveNewestAsync();
        var cut = Cut();
        _cuts.Keep(proof, cut);
        var balance = cut.State;
        return new AccountCut(
            cut.Version,
            balance.Amounts.Available,
            balance.Amounts.Held,
            balance.Issued,
            balance.Redeemed
        );
    }

    public async Task<OutgoingTransfers> Outgoing(long fromVersion, int limit)
    {
        await ProveNewestAsync();
        var events = await ReadForwardAsync(fromVersion, limit);
        var transfers =
            from entry in events
            let earned = BalanceEffects.EarningOf(Key, entry.Event, entry.Version)
            where earned is not null
            select new OutgoingTransfer(
                entry.Version,
                DeliveryOf(entry.Version),
                AccountId.OfModel(earned.Value.ModelId),
                earned.Value.Earning.Tokens
            );
        return new OutgoingTransfers([.. transfers], events.Count == limit ? fromVersion + limit : null);
    }

    public Task<ArrivedTransfers?> Arrived(string proof, IReadOnlyList<Delivery> deliveries) =>
        Task.FromResult(_cuts.Arrived(proof, deliveries));

    protected override IReadOnlyList<Effect> EffectsOf(BalanceEvent @event, long version) =>
        BalanceEffects.Of(Key, @event, version);

    private static BalanceView View(Amounts amounts) => new(amounts.Available, amounts.Held, amounts.LoyaltyPoints);

    /// <summary>What the menu asks for the item now and, if it is queued, a place in the queue.</summary>
    private async ValueTask<Outcome<Offer>> OfferAsync(PurchaseItem command)
    {
        var quote = quotes.Find(command.MenuId, command.ItemId) ?? await AskMenuAsync(command);
        if (quote.Refusal is not null)
        {
            return quote.Refusal;
        }
        if (quote.Value!.ModelId == Key)
        {
            return WalletRefusals.SelfDealing;
        }
        if (!quote.Value.Queued)
        {
            return new Offer(quote.Value, null);
        }
        // A place is only taken for what can be paid as things stand.
        if (PurchaseRules.Refuse(Current, command, quote.Value, Time) is { } refusal)
        {
            return refusal;
        }
        var place = await GrainFactory.GetGrain<IQueueGrain>(quote.Value.ModelId).Reserve(quote.Value.ItemId, Key);
        return place.Map(taken => new Offer(quote.Value, taken));
    }

    private async ValueTask<Outcome<ItemQuote>> AskMenuAsync(PurchaseItem command)
    {
        var askedAt = quotes.Stamp();
        var quote = await GrainFactory.GetGrain<IMenuGrain>(command.MenuId).Quote(Key, command.ItemId);
        quotes.Keep(quote, askedAt);
        return quote;
    }

    private ValueTask GiveBackAsync(Offer? offer) =>
        offer?.Place is { } place
            ? GrainFactory.GetGrain<IQueueGrain>(offer.Quote.ModelId).Release(place.Ticket)
            : default;

    /// <summary>The answer that the first command with the key got, read from the event that it led to.</summary>
    private async Task<Outcome<T>> RepeatAsync<T>(long version, Func<BalanceEvent, Outcome<T>> answer)
    {
        await WhenDurable();
        return answer((await OpenBackwardAsync(version + 1, 1))[0].Event);
    }

    /// <summary>Events as they are shown.</summary>
    private Task<IReadOnlyList<(long Version, BalanceEvent Event)>> OpenBackwardAsync(long before, int max) =>
        _words.OpenAsync(ReadBackwardAsync(before, max));

    /// <summary>Lists the account before its first tokens, so that whoever adds up the ledger misses none.</summary>
    private async Task<Refusal?> OpenAsync()
    {
        if (await RefuseUnknownAsync() is { } refusal)
        {
            return refusal;
        }
        var number = await GrainFactory.OpenAccountAsync(AccountId.OfUser(Key));
        await (Current.Account is null ? Commit(new BalanceOpened(Time, Current.Amounts, number)) : WhenDurable());
        return null;
    }

    /// <summary>What others do to a person's tokens must not bring an account for a misspelt id into being.</summary>
    private async Task<Refusal?> RefuseUnknownAsync() =>
        Current.Account is not null || await GrainFactory.GetGrain<IPersonGrain>(Key).Find() == PersonKind.User
            ? null
            : IdentityRefusals.UserNotFound;

    private TEvent Tellable<TEvent>(TEvent @event)
        where TEvent : BalanceEvent => interest.Mark(@event, BalanceNews.TypeOf(@event));

    /// <summary>An app needs a name for the tip, and what it is told follows from the event alone.</summary>
    private TipSent Named(TipSent tip) =>
        Tellable(tip) is { Told: true } told ? told with { Id = TipIdOf(CurrentVersion + 1) } : tip;

    private PurchaseId TipIdOf(long version) => PurchaseId.Of(Current.Account!.Value, version);

    private sealed record Offer(ItemQuote Quote, QueuePlace? Place);
}
