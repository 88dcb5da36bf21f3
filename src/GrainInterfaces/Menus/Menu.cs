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

/// <summary>What is set of a menu; null leaves a member as it was or as it is by default.</summary>
[GenerateSerializer, Immutable, Alias("MenuDraft")]
public sealed record MenuDraft(
    [property: Id(0)] string? Name = null,
    [property: Id(1)] string? Description = null,
    [property: Id(2)] QueueMode? QueueMode = null,
    [property: Id(3)] MenuVisibility? Visibility = null,
    [property: Id(4)] string? Theme = null,
    [property: Id(5)] IReadOnlyList<string>? WhitelistUsers = null
);

/// <summary>What is set of an item; null leaves a member as it was or as it is by default.</summary>
/// <param name="ClearDevice">Takes the device activation away; <paramref name="Device"/> is null then.</param>
/// <param name="ClearMaxDailyPurchases">Takes the limit away; <paramref name="MaxDailyPurchases"/> is null then.</param>
[GenerateSerializer, Immutable, Alias("MenuItemDraft")]
public sealed record MenuItemDraft(
    [property: Id(0)] string? Name = null,
    [property: Id(1)] string? Description = null,
    [property: Id(2)] long? TokenValue = null,
    [property: Id(3)] long? BonusLoyaltyPoints = null,
    [property: Id(4)] DeviceActivation? Device = null,
    [property: Id(5)] bool ClearDevice = false,
    [property: Id(6)] bool? IsActive = null,
    [property: Id(7)] int? DisplayOrder = null,
    [property: Id(8)] string? Category = null,
    [property: Id(9)] string? IconUrl = null,
    [property: Id(10)] int? MaxDailyPurchases = null,
    [property: Id(11)] bool ClearMaxDailyPurchases = false
);

/// <param name="Items">In display order; for users only the active ones.</param>
/// <param name="WhitelistUsers">Empty for everybody but the menu's model and admins.</param>
[GenerateSerializer, Immutable, Alias("MenuView")]
public sealed record MenuView(
    [property: Id(0)] string MenuId,
    [property: Id(1)] string ModelId,
    [property: Id(2)] string Name,
    [property: Id(3)] string? Description,
    [property: Id(4)] QueueMode QueueMode,
    [property: Id(5)] MenuVisibility Visibility,
    [property: Id(6)] string? Theme,
    [property: Id(7)] IReadOnlyList<string> WhitelistUsers,
    [property: Id(8)] IReadOnlyList<MenuItemView> Items,
    [property: Id(9)] bool IsActive,
    [property: Id(10)] long Version,
    [property: Id(11)] DateTimeOffset CreatedAt,
    [property: Id(12)] DateTimeOffset UpdatedAt
);

[GenerateSerializer, Immutable, Alias("MenuItemView")]
public sealed record MenuItemView(
    [property: Id(0)] string ItemId,
    [property: Id(1)] string Name,
    [property: Id(2)] string? Description,
    [property: Id(3)] Tokens TokenValue,
    [property: Id(4)] long BonusLoyaltyPoints,
    [property: Id(5)] DeviceActivation? Device,
    [property: Id(6)] bool IsActive,
    [property: Id(7)] int DisplayOrder,
    [property: Id(8)] string? Category,
    [property: Id(9)] string? IconUrl,
    [property: Id(10)] int? MaxDailyPurchases
);
