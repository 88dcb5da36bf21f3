using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Menus;

/// <summary>One menu of one model with its items; the key is the menu's id. Every change is a version.</summary>
[Alias("IMenuGrain")]
public interface IMenuGrain : IGrainWithStringKey
{
    /// <summary>A change waits until nobody uses the old prices any more.</summary>
    private const string LongCall = "00:00:10";

    /// <summary>
    /// Makes the menu, whole or not at all, once it has its place on the model's shelf. Made again by the same actor with
    /// the same content it is the same menu, as it is by then; with other content it is refused.
    /// </summary>
    [ResponseTimeout(LongCall)]
    Task<Outcome<MenuView>> Create(CreateMenu command);

    /// <summary>Sets what is given and leaves the rest as it was.</summary>
    [ResponseTimeout(LongCall)]
    Task<Outcome<MenuView>> Change(ChangeMenu command);

    /// <summary>
    /// Takes the menu away for good from everybody but its model, admins and services; archiving again changes nothing.
    /// </summary>
    [ResponseTimeout(LongCall)]
    Task<Outcome<MenuView>> Archive(Actor actor);

    /// <summary>Its model was erased: there is no such menu any more, once nobody uses its old prices. Erasing again changes nothing.</summary>
    [ResponseTimeout(LongCall)]
    Task Erase();

    /// <summary>Added again by the same actor with the same content it is the same item, as it is by then.</summary>
    [ResponseTimeout(LongCall)]
    Task<Outcome<MenuItemView>> AddItem(AddMenuItem command);

    /// <summary>Sets what is given and leaves the rest as it was.</summary>
    [ResponseTimeout(LongCall)]
    Task<Outcome<MenuItemView>> ChangeItem(ChangeMenuItem command);

    /// <summary>Takes the item away for good and answers how it was; purchases made keep what they saw.</summary>
    [ResponseTimeout(LongCall)]
    Task<Outcome<MenuItemView>> RemoveItem(RemoveMenuItem command);

    /// <summary>The menu as <paramref name="reader"/> may see it: a menu that is not for them does not exist.</summary>
    [ReadOnly]
    ValueTask<Outcome<MenuView>> Get(MenuReader reader);

    /// <summary>What an item costs this user now, if it may be bought by this user now. Costs no allocation while the menu stays.</summary>
    [ReadOnly]
    ValueTask<Outcome<ItemQuote>> Quote(string userId, string itemId);
}

/// <summary>
/// Who wants to see a menu: models see their own whole, admins and services all, users what is for them, and a model of
/// another's only what is for everybody.
/// </summary>
[GenerateSerializer, Immutable, Alias("MenuReader")]
public sealed record MenuReader([property: Id(0)] ActorRole Role, [property: Id(1)] string Id);

/// <param name="Items">Their ids follow from the menu's id, so that a repeat makes the same items.</param>
[GenerateSerializer, Immutable, Alias("CreateMenu")]
public sealed record CreateMenu(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] ModelId ModelId,
    [property: Id(2)] MenuDraft Draft,
    [property: Id(3)] IReadOnlyList<MenuItemDraft> Items
);

[GenerateSerializer, Immutable, Alias("ChangeMenu")]
public sealed record ChangeMenu([property: Id(0)] Actor Actor, [property: Id(1)] MenuDraft Draft);

/// <param name="ItemId">Minted by the caller, so that a repeat is not a second item.</param>
[GenerateSerializer, Immutable, Alias("AddMenuItem")]
public sealed record AddMenuItem(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string ItemId,
    [property: Id(2)] MenuItemDraft Draft
);

[GenerateSerializer, Immutable, Alias("ChangeMenuItem")]
public sealed record ChangeMenuItem(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string ItemId,
    [property: Id(2)] MenuItemDraft Draft
);

[GenerateSerializer, Immutable, Alias("RemoveMenuItem")]
public sealed record RemoveMenuItem([property: Id(0)] Actor Actor, [property: Id(1)] string ItemId);

/// <summary>Everything that a purchase needs to know of the menu, taken at one moment.</summary>
/// <param name="MenuVersion">The version of the menu that the price is from.</param>
/// <param name="MaxDailyPurchases">Per user and UTC day; null for no limit.</param>
/// <param name="Device">What the model's device does for it; null for nothing.</param>
/// <param name="GoodFor">
/// How long it holds for every user; changes of the menu wait until then. Zero when it is for this user and moment only.
/// </param>
[GenerateSerializer, Immutable, Alias("ItemQuote")]
public sealed record ItemQuote(
    [property: Id(0)] string ModelId,
    [property: Id(1)] string MenuId,
    [property: Id(2)] long MenuVersion,
    [property: Id(3)] string ItemId,
    [property: Id(4)] string ItemName,
    [property: Id(5)] Tokens Price,
    [property: Id(6)] long LoyaltyPoints,
    [property: Id(7)] bool Queued,
    [property: Id(8)] int? MaxDailyPurchases,
    [property: Id(9)] DeviceActivation? Device,
    [property: Id(10)] TimeSpan GoodFor = default
)
{
    /// <summary>How long a quote may be used again at the most.</summary>
    public static readonly TimeSpan LongestUse = TimeSpan.FromSeconds(1);
}
