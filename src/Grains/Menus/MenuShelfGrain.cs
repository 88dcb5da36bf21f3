using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Menus;

[GrainType("menu-shelf")]
public sealed class MenuShelfGrain(IGrainContext context, DurableServices services, MenuOptions options)
    : EventSourcedGrain<Shelf, MenuShelfEvent>(context, services, Definition),
        IMenuShelfGrain
{
    private static readonly Aggregate<Shelf, MenuShelfEvent> Definition = new()
    {
        Initial = Shelf.Empty,
        Evolve = MenuShelfRules.Evolve,
        EventJson = MenuJson.Default.MenuShelfEvent,
        StateJson = MenuJson.Default.Shelf,
    };

    public Task<Outcome<Done>> Admit(string menuId) =>
        Apply<MenuShelfEvent?, Done>(
            MenuShelfRules.DecideAdmission(Current, menuId, options.MenusPerModel, Now),
            static () => Done.It
        );

    public Task Place(Delivery delivery, string menuId) => CommitOnce(delivery, () => new MenuPlaced(Now, menuId));

    public Task Retire(Delivery delivery, string menuId) => CommitOnce(delivery, () => new MenuRetired(Now, menuId));

    public async Task<IReadOnlyList<AdmittedMenu>> Since(long after, int limit)
    {
        var events = await ReadForwardAsync(after + 1, limit);
        return [.. events.Select(static one => new AdmittedMenu(one.Version, one.Event.MenuId))];
    }

    public ValueTask<MenuShelf> List() => new(MenuShelfRules.View(Durable));
}
