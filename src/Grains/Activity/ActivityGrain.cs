using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Paging;
using Actors.Grains.Durability;
using Actors.Grains.Ledger;
using Actors.Grains.Paging;

namespace Actors.Grains.Activity;

[GrainType(ActivityRules.StreamCategory)]
public sealed class ActivityGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<ActivityBook, ActivityEvent>(context, services, Definition),
        IActivityGrain
{
    private const int MostLooks = 16;

    private static readonly TimeSpan CountAtMost = TimeSpan.FromSeconds(1);

    private static readonly Aggregate<ActivityBook, ActivityEvent> Definition = new()
    {
        Initial = ActivityBook.Empty,
        Evolve = ActivityRules.Evolve,
        EventJson = ActivityJson.Default.ActivityEvent,
        StateJson = ActivityJson.Default.ActivityBook,
    };

    private readonly TimeProvider _time = services.Time;
    private AccountId? _account;
    private Task _counting = Task.CompletedTask;

    public Task<Outcome<ActivityView>> Log(LogActivity command) =>
        Apply<ActivityEvent, ActivityView>(
            ActivityRules.Decide(command, Now),
            (logged, version) => LoggedActivity.View(version, logged)!
        );

    public Task Receive(Delivery delivery, ActivityEntry entry) =>
        CommitOnce(delivery, () => ActivityRules.Decide(entry, Now));

    public Task SignIn(Actor actor) =>
        ActivityRules.DecideSignIn(Current, actor, Now) is { } signedIn ? Commit(signedIn) : WhenDurable();

    public Task Erase(Actor actor) => Commit(new ActivityErased(Now, actor));

    public async Task<Outcome<ActivityPage>> List(ListActivity query)
    {
        var isCounted = await IsCountedAsync();
        var merged = await TakeAsync(query);
        if (merged.Page.LeftToSkip > 0 && merged.Page.HasMore)
        {
            return ActivityRefusals.InvalidQuery(
                "So few of these are wanted that they cannot be skipped; go on by next."
            );
        }
        var total = query is { Cursor: null, Action: null, PetId: null }
            ? ActivityRules.Total(Durable, query.Category, query.Days, Now)
            : (long?)null;
        return new ActivityPage(merged.Page.Items, total, total is not null && isCounted, merged.Next);
    }

    public async Task<ActivityStatistics> Summarize(int days)
    {
        var isCounted = await IsCountedAsync();
        var recent = await TakeAsync(new ListActivity(days, null, null, null, ActivityRules.Recent, 0));
        return ActivityRules.Summarize(Durable, recent.Page.Items, days, Now, isCounted);
    }

    private async Task<(MergedPage<ActivityView> Page, PageCursor? Next)> TakeAsync(ListActivity query)
    {
        var firstShown = ActivityRules.FirstShown(Durable, query.Days, Now);
        var from = query.Cursor ?? PageCursor.Newest;
        var logged = new LoggedActivity(ReadBackwardAsync, query, firstShown);
        var kinds = _account is { } account ? LedgerActivity.KindsOf(account.Kind, query) : [];
        ListSource<ActivityView> own = new(before => logged.ReadAsync(Math.Min(before, DurableVersion + 1)), from.Own);
        ListSource<ActivityView> moved = new(
            before => ReadMovedAsync(before, new StatementFilter(kinds, firstShown)),
            kinds.Count == 0 ? 0 : from.Ledger
        );
        var page = await NewestFirst.TakeAsync([own, moved], query.Offset, query.Limit, MostLooks);
        return (page, page.HasMore ? new PageCursor(own.Before, moved.Before) : null);
    }

    private async Task<(IReadOnlyList<ListItem<ActivityView>> Items, long? Next)> ReadMovedAsync(
        long before,
        StatementFilter filter
    )
    {
        var account = _account!.Value;
        var page = await GrainFactory.StatementAsync(account, before, LoggedActivity.ReadAtOnce, filter);
        return (
            [
                .. page.Movements.Select(movement => new ListItem<ActivityView>(
                    movement.Number,
                    movement.At,
                    LedgerActivity.View(account.Kind, movement)
                )),
            ],
            page.Next
        );
    }

    /// <summary>
    /// True when all that the account has moved is counted. Who has not looked for long, and has bought much, is not kept
    /// waiting: counting goes on, and the answer says that it does.
    /// </summary>
    private async Task<bool> IsCountedAsync()
    {
        _account ??= await GrainFactory.AccountOfAsync(Key);
        if (_account is not { } account)
        {
            return true;
        }
        if (_counting.IsCompleted)
        {
            _counting = CountAllAsync(account);
        }
        try
        {
            await _counting.WaitAsync(CountAtMost, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task CountAllAsync(AccountId account)
    {
        var count = new MovementCount(GrainFactory);
        while (true)
        {
            var firstShown = ActivityRules.FirstShown(Current, IActivityGrain.KeptDays, Now);
            if (await count.NextAsync(account, Current.MovementsUpTo, firstShown, Now) is not { } counted)
            {
                return;
            }
            await Commit(counted);
        }
    }
}
