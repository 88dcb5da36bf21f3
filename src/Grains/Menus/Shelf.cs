using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Grains.Menus;

/// <summary>One model's menus as the fold of the shelf's events.</summary>
/// <param name="Archived">The newest of them, oldest first.</param>
public sealed record Shelf(ImmutableArray<ShelvedMenu> Menus, ImmutableArray<string> Archived)
{
    public static readonly Shelf Empty = new([], []);

    public int IndexOf(string menuId)
    {
        for (var index = 0; index < Menus.Length; index++)
        {
            if (Menus[index].MenuId == menuId)
            {
                return index;
            }
        }
        return -1;
    }
}

/// <param name="Made">False while it only has its place.</param>
public sealed record ShelvedMenu(string MenuId, DateTimeOffset AdmittedAt, bool Made);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MenuAdmitted), "menu-shelf.admitted.v1")]
[JsonDerivedType(typeof(MenuPlaced), "menu-shelf.placed.v1")]
[JsonDerivedType(typeof(MenuRetired), "menu-shelf.retired.v1")]
public abstract record MenuShelfEvent(DateTimeOffset At, string MenuId);

public sealed record MenuAdmitted(DateTimeOffset At, string MenuId) : MenuShelfEvent(At, MenuId);

public sealed record MenuPlaced(DateTimeOffset At, string MenuId) : MenuShelfEvent(At, MenuId);

public sealed record MenuRetired(DateTimeOffset At, string MenuId) : MenuShelfEvent(At, MenuId);
