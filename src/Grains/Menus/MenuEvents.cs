using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Menus;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MenuCreated), "menu.created.v1")]
[JsonDerivedType(typeof(MenuChanged), "menu.changed.v1")]
[JsonDerivedType(typeof(MenuEdited), "menu.edited.v1")]
[JsonDerivedType(typeof(MenuArchived), "menu.archived.v1")]
[JsonDerivedType(typeof(MenuErased), "menu.erased.v1")]
[JsonDerivedType(typeof(MenuItemAdded), "menu.item-added.v1")]
[JsonDerivedType(typeof(MenuItemChanged), "menu.item-changed.v1")]
[JsonDerivedType(typeof(MenuItemEdited), "menu.item-edited.v1")]
[JsonDerivedType(typeof(MenuItemRemoved), "menu.item-removed.v1")]
public abstract record MenuEvent(DateTimeOffset At, Actor Actor);

public sealed record MenuCreated(
    DateTimeOffset At,
    Actor Actor,
    string ModelId,
    MenuSettings Settings,
    ImmutableArray<IncludedItem> Items,
    string Fingerprint
) : MenuEvent(At, Actor);

/// <summary>An item that comes with its menu.</summary>
public sealed record IncludedItem(string ItemId, ItemContent Content);

/// <summary>All settings as they were from then on. Older versions wrote it; now <see cref="MenuEdited"/> says what changed.</summary>
public sealed record MenuChanged(DateTimeOffset At, Actor Actor, MenuSettings Settings) : MenuEvent(At, Actor);

public sealed record MenuEdited(DateTimeOffset At, Actor Actor, SettingsEdit Edit) : MenuEvent(At, Actor);

public sealed record MenuArchived(DateTimeOffset At, Actor Actor, string ModelId) : MenuEvent(At, Actor);

/// <summary>Its model was erased.</summary>
public sealed record MenuErased(DateTimeOffset At, Actor Actor, string ModelId) : MenuEvent(At, Actor);

public sealed record MenuItemAdded(
    DateTimeOffset At,
    Actor Actor,
    string ItemId,
    ItemContent Content,
    string Fingerprint
) : MenuEvent(At, Actor);

/// <summary>All of an item as it was from then on, like <see cref="MenuChanged"/>.</summary>
public sealed record MenuItemChanged(DateTimeOffset At, Actor Actor, string ItemId, ItemContent Content)
    : MenuEvent(At, Actor);

public sealed record MenuItemEdited(DateTimeOffset At, Actor Actor, string ItemId, ContentEdit Edit)
    : MenuEvent(At, Actor);

public sealed record MenuItemRemoved(DateTimeOffset At, Actor Actor, string ItemId) : MenuEvent(At, Actor);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(MenuEvent))]
[JsonSerializable(typeof(Menu))]
[JsonSerializable(typeof(MadeFrom))]
[JsonSerializable(typeof(ItemContent))]
[JsonSerializable(typeof(MenuShelfEvent))]
[JsonSerializable(typeof(Shelf))]
internal sealed partial class MenuJson : JsonSerializerContext;
