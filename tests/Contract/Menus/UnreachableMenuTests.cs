using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Menus;

namespace Actors.Contract.Tests.Menus;

[Trait("Spec", "PM-3")]
public sealed class UnreachableMenuTests
{
    [Fact]
    public async Task Ids_that_cannot_exist_reach_no_grain_and_what_cannot_be_reached_is_never_taken_for_none()
    {
        var unreachable = new UnreachableGrains(nameof(IMenuGrain));
        await using var server = await ApiServer.Start(configure: unreachable.AddTo);
        var ana = await server.Model("far");
        const string nonsense = "/menu/nonsense";
        const string real = $"/menu/{MenuScenes.Unknown}";

        (await ana.Get(nonsense)).ShouldRefuse(404, "MENU_NOT_FOUND");
        (await ana.Put(nonsense, "{}")).ShouldRefuse(404, "MENU_NOT_FOUND");
        (await ana.Delete(nonsense)).ShouldRefuse(404, "MENU_NOT_FOUND");
        (await ana.Post(nonsense + "/items", "{}")).ShouldRefuse(404, "MENU_NOT_FOUND");
        (await ana.Put(real + "/items/nonsense", "{}")).ShouldRefuse(404, "ITEM_NOT_FOUND");
        (await ana.Delete(real + "/items/nonsense")).ShouldRefuse(404, "ITEM_NOT_FOUND");
        (await ana.Get(real)).ShouldRefuse(503, "UNAVAILABLE");
        (await ana.Post("/menu", """{"name":"Fun"}""")).ShouldRefuse(503, "OUTCOME_UNKNOWN");
        (await ana.Delete($"{real}/items/{MenuScenes.Unknown}")).ShouldRefuse(503, "OUTCOME_UNKNOWN");
    }
}
