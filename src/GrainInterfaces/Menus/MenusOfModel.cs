using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Menus;

/// <summary>The menus of a model, read as one.</summary>
public static class MenusOfModel
{
    /// <summary>The active ones that the reader may see, in the order in which they were made.</summary>
    public static async Task<Outcome<IReadOnlyList<MenuView>>> MenusOfAsync(
        this IGrainFactory grains,
        ModelId modelId,
        MenuReader reader
    )
    {
        var asking = grains.GetGrain<IModelProfileGrain>(modelId.Value).Get().AsTask();
        var shelf = await grains.GetGrain<IMenuShelfGrain>(modelId.Value).List();
        if ((await asking).Refusal is { } unknown)
        {
            return unknown;
        }
        var menus = await Task.WhenAll(
            shelf.MenuIds.Select(id => grains.GetGrain<IMenuGrain>(id).Get(reader).AsTask())
        );
        return menus
            .Select(static outcome => outcome.Value)
            .Where(static menu => menu is { IsActive: true })
            .ToArray()!;
    }
}
