using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;

namespace Actors.GrainInterfaces.Menus;

/// <summary>Whether a purchase is complete at once, or held until the model has performed it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueueMode>))]
public enum QueueMode
{
    [JsonStringEnumMemberName("OFF")]
    Off,

    [JsonStringEnumMemberName("ON")]
    On,
}

[JsonConverter(typeof(JsonStringEnumConverter<MenuVisibility>))]
public enum MenuVisibility
{
    [JsonStringEnumMemberName("public")]
    Public,

    [JsonStringEnumMemberName("subscribers_only")]
    SubscribersOnly,

    [JsonStringEnumMemberName("private")]
    Private,
}

/// <summary>What a model's device does when an item is bought.</summary>
/// <param name="TimingOffset">Seconds to wait first, 0 to 300.</param>
/// <param name="Duration">Seconds, 1 to 600.</param>
/// <param name="Intensity">0 to 20.</param>
/// <param name="Pattern">One of pulse, wave, fireworks, earthquake; null for an even intensity.</param>
[GenerateSerializer, Immutable, Alias("DeviceActivation")]
public sealed record DeviceActivation(
    [property: Id(0)] int TimingOffset,
    [property: Id(1)] int Duration,
    [property: Id(2)] int Intensity,
    [property: Id(3)] string? Pattern
);

/// <summary>What is set of a menu; what is null or not given stays as it was, or as it is by default.</summary>
[GenerateSerializer, Immutable, Alias("MenuDraft")]
public sealed record MenuDraft(
    [property: Id(0)] string? Name = null,
    [property: Id(1)] Optional<string?> Description = default,
    [property: Id(2)] QueueMode? QueueMode = null,
    [property: Id(3)] MenuVisibility? Visibility = null,
    [property: Id(4)] Optional<string?> Theme = default,
    [property: Id(5)] IReadOnlyList<string>? WhitelistUsers = null
);

/// <summary>What is set of an item; what is null or not given stays as it was, or as it is by default.</summary>
[GenerateSerializer, Immutable, Alias("MenuItemDraft")]
public sealed record MenuItemDraft(
    [property: Id(0)] string? Name = null,
    [property: Id(1)] Optional<string?> Description = default,
    [property: Id(2)] long? TokenValue = null,
    [property: Id(3)] long? BonusLoyaltyPoints = null,
    [property: Id(4)] Optional<DeviceActivation?> Device = default,
    [property: Id(5)] bool? IsActive = null,
    [property: Id(6)] int? DisplayOrder = null,
    [property: Id(7)] Optional<string?> Category = default,
    [property: Id(8)] Optional<string?> IconUrl = default,
    [property: Id(9)] Optional<int?> MaxDailyPurchases = default
);

/// <param name="WhitelistUsers">Null for everybody but the menu's model, admins and services.</param>
/// <param name="Items">In display order; for users only the active ones.</param>
/// <param name="IsActive">False once it is archived.</param>
/// <param name="Version">Grows by one with every change of the menu or of an item.</param>
[GenerateSerializer, Immutable, Alias("MenuView")]
public sealed record MenuView(
    [property: Id(0)] string MenuId,
    [property: Id(1)] string ModelId,
    [property: Id(2)] string Name,
    [property: Id(3)] string? Description,
    [property: Id(4)] QueueMode QueueMode,
    [property: Id(5)] MenuVisibility Visibility,
    [property: Id(6)] string? Theme,
    [property: Id(7)] IReadOnlyList<string>? WhitelistUsers,
    [property: Id(8)] IReadOnlyList<MenuItemView> Items,
    [property: Id(9)] bool IsActive,
    [property: Id(10)] long Version,
    [property: Id(11)] DateTimeOffset CreatedAt,
    [property: Id(12)] DateTimeOffset UpdatedAt
);

/// <param name="Version">The version of the menu that the item has been like this since.</param>
[GenerateSerializer, Immutable, Alias("MenuItemView")]
public sealed record MenuItemView(
    [property: Id(0)] string ItemId,
    [property: Id(1)] string MenuId,
    [property: Id(2)] string ModelId,
    [property: Id(3)] string Name,
    [property: Id(4)] string? Description,
    [property: Id(5)] Tokens TokenValue,
    [property: Id(6)] long BonusLoyaltyPoints,
    [property: Id(7)] DeviceActivation? Device,
    [property: Id(8)] bool IsActive,
    [property: Id(9)] int DisplayOrder,
    [property: Id(10)] string? Category,
    [property: Id(11)] string? IconUrl,
    [property: Id(12)] int? MaxDailyPurchases,
    [property: Id(13)] long Version,
    [property: Id(14)] DateTimeOffset CreatedAt,
    [property: Id(15)] DateTimeOffset UpdatedAt
);
