using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Menus;

/// <summary>The ids of one model's menus; the key is the model's id.</summary>
[Alias("IMenuShelfGrain")]
public interface IMenuShelfGrain : IGrainWithStringKey
{
    /// <summary>
    /// Lists a menu before it is made; listed again it stays. Refused when the model has too many. A place for which no
    /// menu has been made after a while is free again.
    /// </summary>
    Task<Outcome<Done>> Admit(string menuId);

    /// <summary>The menu has been made.</summary>
    Task Place(Delivery delivery, string menuId);

    /// <summary>The menu has been archived, and takes no place any more.</summary>
    Task Retire(Delivery delivery, string menuId);

    [ReadOnly]
    ValueTask<MenuShelf> List();

    /// <summary>Every menu that ever had a place, archived ones as well, from a change on, oldest first.</summary>
    [ReadOnly]
    Task<IReadOnlyList<AdmittedMenu>> Since(long after, int limit);
}

/// <param name="Version">The change of the shelf by which it got its place.</param>
[GenerateSerializer, Immutable, Alias("AdmittedMenu")]
public sealed record AdmittedMenu([property: Id(0)] long Version, [property: Id(1)] string MenuId);

/// <param name="MenuIds">In the order in which they were made; one that is being made may not be there yet.</param>
/// <param name="ArchivedMenuIds">The newest of them, oldest first.</param>
[GenerateSerializer, Immutable, Alias("MenuShelf")]
public sealed record MenuShelf(
    [property: Id(0)] IReadOnlyList<string> MenuIds,
    [property: Id(1)] IReadOnlyList<string> ArchivedMenuIds
);
