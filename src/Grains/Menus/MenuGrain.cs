using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;
using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Menus;

[GrainType("menu")]
public sealed class MenuGrain(
    IGrainContext context,
    DurableServices services,
    MenuOptions options,
    PolicyInForce policy,
    IErasableKeys keys
) : EventSourcedGrain<Menu, MenuEvent>(context, services, Definition), IMenuGrain
{
    private static readonly Aggregate<Menu, MenuEvent> Definition = new()
    {
        Initial = Menu.None,
        Evolve = MenuRules.Evolve,
        EventJson = MenuJson.Default.MenuEvent,
        StateJson = MenuJson.Default.Menu,
    };

    private static readonly Actor Platform = new(ActorRole.System, "erasure");

    private readonly QuoteLeases _leases = new(services.Time);
    private SealingKey? _key;
    private (Menu Sealed, Menu Opened)? _opened;
    private MenuFace? _face;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (DurableVersion > 0)
        {
            _leases.AssumeGiven();
        }
        if (Current.ModelId is { } model)
        {
            _key = await keys.OpenOfAsync(model);
        }
    }

    public async Task<Outcome<MenuView>> Create(CreateMenu command)
    {
        // First the rules, so that a refused draft takes no place on the shelf.
        var prohibited = await policy.GetAsync();
        var decision = Decide(command, prohibited);
        if (decision is { Refusal: null, Value: not null })
        {
            if (await AdmitAsync(command.ModelId) is { } refusal)
            {
                return refusal;
            }
            _key ??= await keys.OpenOfAsync(command.ModelId.Value);
            decision = Decide(command, prohibited);
        }
        return await WriteDownAsync(decision, Whole);
    }

    public Task<Outcome<MenuView>> Change(ChangeMenu command) =>
        WriteAsync(() => MenuRules.Decide(Opened(Current), command, Now), Whole);

    public Task<Outcome<MenuView>> Archive(Actor actor) =>
        ChangeAsync(() => MenuRules.DecideArchive(Current, actor, Now), Whole);

    public async Task Erase()
    {
        if (Current.ModelId is not { } model)
        {
            await WhenDurable();
            return;
        }
        await _leases.WithoutAsync(async () =>
        {
            await Commit(new MenuErased(Now, Platform, model));
            return model;
        });
        (_key, _opened, _face) = (null, null, null);
    }

    public Task<Outcome<MenuItemView>> AddItem(AddMenuItem command) =>
        WriteAsync(() => MenuRules.Decide(Opened(Current), command, Now, options), () => ItemView(command.ItemId));

    public Task<Outcome<MenuItemView>> ChangeItem(ChangeMenuItem command) =>
        WriteAsync(() => MenuRules.Decide(Opened(Current), command, Now, options), () => ItemView(command.ItemId));

    public Task<Outcome<MenuItemView>> RemoveItem(RemoveMenuItem command)
    {
        MenuFace before = null!;
        return ChangeAsync<MenuItemView>(
            () =>
            {
                before = new MenuFace(Key, Opened(Current));
                return MenuRules.Decide(Current, command, Now);
            },
            () => before.ViewOf(before.Menu.Find(command.ItemId)!)
        );
    }

    public ValueTask<Outcome<MenuView>> Get(MenuReader reader)
    {
        var face = Face();
        return MenuAccessRules.SightOf(face.Menu, reader) switch
        {
            MenuSight.Whole => new(face.Whole),
            MenuSight.Offers => new(face.Offers),
            MenuSight.OffersIfSubscribed => OffersIfSubscribedAsync(face, reader.Id),
            _ => new(MenuFace.NoMenu),
        };
    }

    public async ValueTask<Outcome<ItemQuote>> Quote(string userId, string itemId)
    {
        var face = Face();
        var quote = await QuoteAsync(face, userId, itemId);
        if (quote.Refusal is not null)
        {
            return quote;
        }
        var model = await GrainFactory.GetGrain<IModelProfileGrain>(face.Menu.ModelId!).Get();
        return ModelProfileRules.RefuseEarning(model) is { } refusal ? refusal : quote;
    }

    private ValueTask<Outcome<ItemQuote>> QuoteAsync(MenuFace face, string userId, string itemId) =>
        MenuAccessRules.SightOf(face.Menu, userId) switch
        {
            MenuSight.Offers when face.Menu.Settings.Visibility == MenuVisibility.Public => new(Lease(face, itemId)),
            MenuSight.Offers => new(face.Quote(itemId)),
            MenuSight.OffersIfSubscribed => QuoteIfSubscribedAsync(face, userId, itemId),
            _ => new(MenuFace.NoQuote),
        };

    protected override IReadOnlyList<Effect> EffectsOf(MenuEvent @event, long version) =>
        @event switch
        {
            MenuCreated created => [ToShelf(created.ModelId, (shelf, delivery) => shelf.Place(delivery, Key))],
            MenuErased erased => [ToShelf(erased.ModelId, (shelf, delivery) => shelf.Retire(delivery, Key))],
            MenuArchived archived => [ToShelf(archived.ModelId, (shelf, delivery) => shelf.Retire(delivery, Key))],
            _ => [],
        };

    private static Effect ToShelf(string modelId, Func<IMenuShelfGrain, Delivery, Task> send) =>
        Effect.To(modelId, send);

    private Outcome<MenuEvent?> Decide(CreateMenu command, ProhibitedContent prohibited) =>
        prohibited.Screen(MenuRules.Decide(Opened(Current), Key, command, Now, options), MenuContentRules.Refuse);

    private async Task<Refusal?> AdmitAsync(ModelId modelId)
    {
        var model = await GrainFactory.GetGrain<IModelProfileGrain>(modelId.Value).Get();
        return model.Refusal ?? (await GrainFactory.GetGrain<IMenuShelfGrain>(modelId.Value).Admit(Key)).Refusal;
    }

    private Outcome<MenuView> Whole() => Face().Whole;

    /// <summary>A quote that is the same for everybody, and that its asker may use again.</summary>
    private Outcome<ItemQuote> Lease(MenuFace face, string itemId)
    {
        var quote = face.Quote(itemId);
        return quote.Refusal is null && _leases.TryGive() ? face.LeasedQuote(itemId) : quote;
    }

    /// <summary>A change with texts that people typed.</summary>
    private async Task<Outcome<T>> WriteAsync<T>(Func<Outcome<MenuEvent?>> decide, Func<Outcome<T>> answer)
    {
        var prohibited = await policy.GetAsync();
        return await ChangeAsync(() => prohibited.Screen(decide(), MenuContentRules.Refuse), answer);
    }

    /// <summary>Every change makes quotes of older versions wrong: decided anew once nobody may use those that were given.</summary>
    private Task<Outcome<T>> ChangeAsync<T>(Func<Outcome<MenuEvent?>> decide, Func<Outcome<T>> answer)
    {
        var decision = decide();
        return decision.Value is null
            ? Apply(decision, answer)
            : _leases.WithoutAsync(() => WriteDownAsync(decide(), answer));
    }

    private Task<Outcome<T>> WriteDownAsync<T>(Outcome<MenuEvent?> decision, Func<Outcome<T>> answer) =>
        decision.Value is not { } @event ? Apply(decision, answer)
        : _key is { } key ? Apply<MenuEvent?, T>(MenuWords.Seal(@event, key), answer)
        : Task.FromResult<Outcome<T>>(MenuRefusals.MenuNotFound);

    // What the caller gets is the version that was found to be theirs, also when the menu changes while it is asked.
    private async ValueTask<Outcome<MenuView>> OffersIfSubscribedAsync(MenuFace face, string userId) =>
        await IsSubscribedAsync(face, userId) ? face.Offers : MenuFace.NoMenu;

    private async ValueTask<Outcome<ItemQuote>> QuoteIfSubscribedAsync(MenuFace face, string userId, string itemId) =>
        await IsSubscribedAsync(face, userId) ? face.Quote(itemId) : MenuFace.NoQuote;

    private ValueTask<bool> IsSubscribedAsync(MenuFace face, string userId) =>
        GrainFactory.GetGrain<ISubscriptionsGrain>(userId).IsSubscribed(ModelId.Parse(face.Menu.ModelId!));

    private Outcome<MenuItemView> ItemView(string itemId)
    {
        var face = Face();
        // Gone again when it was removed while this waited for the disk.
        return face.Menu.Find(itemId) is { } item ? face.ViewOf(item) : MenuRefusals.ItemNotFound;
    }

    private MenuFace Face()
    {
        var menu = Opened(Durable);
        if (_face is null || !ReferenceEquals(_face.Menu, menu))
        {
            _face = new MenuFace(Key, menu);
        }
        return _face;
    }

    /// <summary>With what it says as it was typed.</summary>
    private Menu Opened(Menu menu)
    {
        if (_opened is not { } last || !ReferenceEquals(last.Sealed, menu))
        {
            _opened = last = (menu, MenuWords.Open(menu, _key));
        }
        return last.Opened;
    }
}
