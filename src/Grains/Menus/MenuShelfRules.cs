using System.Collections.Immutable;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Menus;

/// <summary>Everything that is decided about a model's shelf.</summary>
public static class MenuShelfRules
{
    public const int ArchivedKept = 200;

    /// <summary>How long a place waits for its menu; far longer than making one takes.</summary>
    public static readonly TimeSpan PlaceWaits = TimeSpan.FromMinutes(10);

    /// <summary>Null when the menu has, or had, its place already.</summary>
    public static Outcome<MenuShelfEvent?> DecideAdmission(Shelf shelf, string menuId, int most, DateTimeOffset now) =>
        shelf.IndexOf(menuId) >= 0 || shelf.Archived.Contains(menuId) ? (MenuShelfEvent?)null
        : shelf.Menus.Count(menu => !HasLapsed(menu, now)) >= most ? MenuRefusals.TooManyMenus(most)
        : new MenuAdmitted(now, menuId);

    public static Shelf Evolve(Shelf shelf, MenuShelfEvent @event)
    {
        var at = shelf.IndexOf(@event.MenuId);
        return @event switch
        {
            MenuAdmitted admitted => shelf with
            {
                Menus = shelf
                    .Menus.RemoveAll(menu => HasLapsed(menu, admitted.At))
                    .Add(new ShelvedMenu(admitted.MenuId, admitted.At, Made: false)),
            },
            // A menu whose place has lapsed meanwhile is there all the same.
            MenuPlaced placed when at < 0 => shelf with
            {
                Menus = shelf.Menus.Add(new ShelvedMenu(placed.MenuId, placed.At, Made: true)),
            },
            MenuPlaced => shelf with { Menus = shelf.Menus.SetItem(at, shelf.Menus[at] with { Made = true }) },
            MenuRetired retired => new Shelf(
                shelf.Menus.RemoveAll(menu => menu.MenuId == retired.MenuId),
                Bounded(shelf.Archived.Add(retired.MenuId))
            ),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
    }

    public static MenuShelf View(Shelf shelf) =>
        new(shelf.Menus.Select(static menu => menu.MenuId).ToArray(), shelf.Archived.ToArray());

    private static bool HasLapsed(ShelvedMenu menu, DateTimeOffset now) =>
        !menu.Made && now - menu.AdmittedAt > PlaceWaits;

    private static ImmutableArray<string> Bounded(ImmutableArray<string> archived) =>
        archived.Length > ArchivedKept ? archived.RemoveAt(0) : archived;
}
