using Actors.GrainInterfaces.Menus;
using Actors.Grains.Menus;
using static Actors.Grains.Tests.Menus.MenuScenes;

namespace Actors.Grains.Tests.Menus;

[Trait("Spec", "PM-1")]
public sealed class MenuShelfRulesTests
{
    private const int Most = 3;

    [Fact]
    public void A_model_has_as_many_menus_as_fit_and_an_archived_one_makes_room()
    {
        var shelf = With(Shelf.Empty, new MenuPlaced(Noon, "a"), new MenuPlaced(Noon, "b"), new MenuPlaced(Noon, "c"));
        Assert.Equal(MenuRefusals.TooManyMenusCode, Admission(shelf, "d").Refusal?.Code);
        Assert.Null(Admission(shelf, "b").Refusal);
        Assert.Null(Admission(shelf, "b").Value);

        shelf = With(shelf, new MenuRetired(Noon, "b"));

        Assert.NotNull(Admission(shelf, "d").Value);
        Assert.Equal(["a", "c"], MenuShelfRules.View(shelf).MenuIds);
        Assert.Equal(["b"], MenuShelfRules.View(shelf).ArchivedMenuIds);
        // Asked for again by a late repeat it does not come back.
        Assert.Null(Admission(shelf, "b").Value);
    }

    [Fact]
    public void Places_count_at_once_and_lapse_when_no_menu_follows()
    {
        var shelf = Shelf.Empty;
        foreach (var menu in new[] { "a", "b", "c" })
        {
            shelf = With(shelf, Admission(shelf, menu).Value!);
        }
        shelf = With(shelf, new MenuPlaced(Noon, "b"));
        Assert.Equal(MenuRefusals.TooManyMenusCode, Admission(shelf, "d").Refusal?.Code);
        var later = Noon + MenuShelfRules.PlaceWaits;
        Assert.Equal(MenuRefusals.TooManyMenusCode, Admission(shelf, "d", later).Refusal?.Code);

        shelf = With(shelf, Admission(shelf, "d", later.AddTicks(1)).Value!);

        Assert.Equal(["b", "d"], MenuShelfRules.View(shelf).MenuIds);
    }

    [Fact]
    public void A_menu_whose_place_has_lapsed_is_there_all_the_same() =>
        Assert.Equal(["late"], MenuShelfRules.View(With(Shelf.Empty, new MenuPlaced(Noon, "late"))).MenuIds);

    [Fact]
    public void Archived_menus_are_listed_within_bounds()
    {
        var shelf = Shelf.Empty;
        for (var number = 0; number <= MenuShelfRules.ArchivedKept; number++)
        {
            shelf = With(shelf, new MenuRetired(Noon, $"{number}"));
        }

        Assert.Equal(MenuShelfRules.ArchivedKept, shelf.Archived.Length);
        Assert.Equal("1", shelf.Archived[0]);
    }

    private static Shelf With(Shelf shelf, params MenuShelfEvent[] events) =>
        events.Aggregate(shelf, MenuShelfRules.Evolve);

    private static GrainInterfaces.Outcomes.Outcome<MenuShelfEvent?> Admission(
        Shelf shelf,
        string menu,
        DateTimeOffset? now = null
    ) => MenuShelfRules.DecideAdmission(shelf, menu, Most, now ?? Noon);
}
