using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Menus;

/// <summary>The ids of one model's menus, archived ones included; the key is the model's id.</summary>
[Alias("IMenuShelfGrain")]
public interface IMenuShelfGrain : IGrainWithStringKey
{
    /// <summary>Lists a menu before it is made; listed again it stays. Refused when the model has too many.</summary>
    Task<Outcome<Done>> Admit(string menuId);

    [ReadOnly]
    ValueTask<MenuShelf> List();
}

[GenerateSerializer, Immutable, Alias("MenuShelf")]
public sealed record MenuShelf([property: Id(0)] IReadOnlyList<string> MenuIds);
