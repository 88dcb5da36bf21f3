using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.Simulation.Tests.Oracles;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>Menus whose prices, limits and offers change while others buy from them.</summary>
internal sealed class MenuWorkload : IWorkload
{
    private static readonly DeviceActivation Device = new(5, 10, 8, null);

    public int Weight => 3;

    public Task ActAsync(Seat seat)
    {
        var menu = Market.Menu(seat.AnyModel(), queued: seat.Chance.OneIn(2));
        return seat.Chance.Below(9) switch
        {
            < 3 => ReadAsync(seat, menu),
            < 5 => ChangeVisibilityAsync(seat, menu),
            _ => ChangeItemAsync(seat, menu, seat.Chance.Between(1, Market.Items)),
        };
    }

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Models; number++)
        {
            foreach (var menu in Market.MenusOf($"model{number}"))
            {
                await ReadAsync(seat, menu);
            }
        }
    }

    public static Task<Operation> CreateAsync(Seat seat, string model, bool queued)
    {
        var menu = Market.Menu(model, queued);
        var draft = new MenuDraft("Menu", QueueMode: queued ? QueueMode.On : QueueMode.Off);
        return seat.AskAsync(
            $"menu/{menu}",
            number => new CreateMenu(Stamp(model, number), ModelId.Parse(model), draft, []),
            (grains, command) => grains.GetGrain<IMenuGrain>(menu).Create(command)
        );
    }

    /// <summary>The first is cheap, the second is sold a few times a day, the third moves a device.</summary>
    public static Task<Operation> AddItemAsync(Seat seat, string menu, int item)
    {
        var draft = new MenuItemDraft(
            $"Item {item}",
            TokenValue: item * 7,
            BonusLoyaltyPoints: item,
            MaxDailyPurchases: item == 2 ? 3 : null,
            Device: item == 3 ? Device : null
        );
        return seat.AskAsync(
            $"menu/{menu}",
            number => new AddMenuItem(Stamp(Market.ModelOf(menu), number), Market.Item(menu, item), draft),
            (grains, command) => grains.GetGrain<IMenuGrain>(menu).AddItem(command)
        );
    }

    private static Task<Operation> ChangeItemAsync(Seat seat, string menu, int item)
    {
        var draft = new MenuItemDraft(
            TokenValue: seat.Chance.OneIn(2) ? seat.Chance.Between(1, 30) : null,
            BonusLoyaltyPoints: seat.Chance.OneIn(3) ? seat.Chance.Between(0, 9) : null,
            IsActive: seat.Chance.OneIn(3) ? !seat.Chance.OneIn(4) : null,
            MaxDailyPurchases: seat.Chance.OneIn(4)
                ? (int?)(seat.Chance.OneIn(3) ? null : seat.Chance.Between(1, 4))
                : default(Optional<int?>)
        );
        return seat.AskAsync(
            $"menu/{menu}",
            // A new text each time, so that each change has an event.
            number => new ChangeMenuItem(
                Stamp(Market.ModelOf(menu), number),
                Market.Item(menu, item),
                draft with
                {
                    Description = $"Change {number}",
                }
            ),
            (grains, command) => grains.GetGrain<IMenuGrain>(menu).ChangeItem(command)
        );
    }

    /// <summary>Now for everybody, now for subscribers, whom nobody here is, now for those on a list.</summary>
    private static Task<Operation> ChangeVisibilityAsync(Seat seat, string menu)
    {
        var draft = new MenuDraft(
            Visibility: seat.Chance.Pick([
                MenuVisibility.Public,
                MenuVisibility.Public,
                MenuVisibility.Private,
                MenuVisibility.SubscribersOnly,
            ]),
            WhitelistUsers: seat.Chance.OneIn(2) ? [seat.AnyUser()] : null
        );
        return seat.AskAsync(
            $"menu/{menu}",
            number => new ChangeMenu(
                Stamp(Market.ModelOf(menu), number),
                draft with
                {
                    Description = $"Change {number}",
                }
            ),
            (grains, command) => grains.GetGrain<IMenuGrain>(menu).Change(command)
        );
    }

    private static Task<Operation> ReadAsync(Seat seat, string menu) =>
        seat.AskAsync(
            $"menu/{menu}",
            _ => new ReadMenu(),
            (grains, _) => grains.GetGrain<IMenuGrain>(menu).Get(new MenuReader(ActorRole.Admin, "admin1")).AsTask()
        );

    private static Actor Stamp(string model, int number) => Authorship.Stamp(new Actor(ActorRole.Model, model), number);
}
