using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Menus;

namespace Actors.ApiHost.Menus;

/// <summary>What is left out stays as it was; a null takes away what an item can be without.</summary>
internal record ChangeMenuItemRequest
{
    private Optional<string?> _description;
    private Optional<DeviceActivation?> _device;
    private Optional<string?> _category;
    private Optional<string?> _iconUrl;
    private Optional<int?> _maxDailyPurchases;

    public string? Name { get; init; }

    // Set and not init: only a member that the body holds may be given.
    public string? Description
    {
        get => _description.Value;
        set => _description = value;
    }

    public long? TokenValue { get; init; }

    public long? BonusLoyaltyPoints { get; init; }

    public LovenseActivation? LovenseActivation
    {
        get => _device.Value is { } device ? LovenseActivation.From(device) : null;
        set => _device = value?.ToActivation();
    }

    public bool? IsActive { get; init; }

    public int? DisplayOrder { get; init; }

    public string? Category
    {
        get => _category.Value;
        set => _category = value;
    }

    public string? IconUrl
    {
        get => _iconUrl.Value;
        set => _iconUrl = value;
    }

    public int? MaxDailyPurchases
    {
        get => _maxDailyPurchases.Value;
        set => _maxDailyPurchases = value;
    }

    public MenuItemDraft ToDraft() =>
        new(
            Name,
            _description,
            TokenValue,
            BonusLoyaltyPoints,
            _device,
            IsActive,
            DisplayOrder,
            _category,
            _iconUrl,
            _maxDailyPurchases
        );
}

internal sealed record AddMenuItemRequest : ChangeMenuItemRequest
{
    /// <summary>Sent again with the same key it is the same item; may also be in the header Idempotency-Key.</summary>
    public string? IdempotencyKey { get; init; }
}

internal sealed record LovenseActivation
{
    /// <summary>What no device takes, so that a missing number is refused and not guessed.</summary>
    private const int Missing = -1;

    public int? TimingOffset { get; init; }

    public int? Duration { get; init; }

    public int? Intensity { get; init; }

    public string? Pattern { get; init; }

    public static LovenseActivation From(DeviceActivation device) =>
        new()
        {
            TimingOffset = device.TimingOffset,
            Duration = device.Duration,
            Intensity = device.Intensity,
            Pattern = device.Pattern,
        };

    public DeviceActivation ToActivation() =>
        new(TimingOffset ?? 0, Duration ?? Missing, Intensity ?? Missing, Pattern);
}

/// <param name="Version">The version of the menu that the item has been like this since.</param>
internal sealed record MenuItemResponse(
    [property: JsonPropertyName("_id")] string Id,
    string MenuId,
    string ModelId,
    string Name,
    string? Description,
    long TokenValue,
    long BonusLoyaltyPoints,
    LovenseActivation? LovenseActivation,
    bool IsActive,
    int DisplayOrder,
    string? Category,
    string? IconUrl,
    int? MaxDailyPurchases,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
)
{
    public static MenuItemResponse From(MenuItemView item) =>
        new(
            item.ItemId,
            item.MenuId,
            item.ModelId,
            item.Name,
            item.Description,
            item.TokenValue.Count,
            item.BonusLoyaltyPoints,
            item.Device is { } device ? LovenseActivation.From(device) : null,
            item.IsActive,
            item.DisplayOrder,
            item.Category,
            item.IconUrl,
            item.MaxDailyPurchases,
            item.Version,
            item.CreatedAt,
            item.UpdatedAt
        );
}
