using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Menus;

namespace Actors.ApiHost.Menus;

/// <summary>What is left out stays as it was; a null takes a description or a theme away.</summary>
internal record ChangeMenuRequest
{
    private Optional<string?> _description;
    private Optional<string?> _theme;

    public string? Name { get; init; }

    // Set and not init: only a member that the body holds may be given.
    public string? Description
    {
        get => _description.Value;
        set => _description = value;
    }

    [JsonConverter(typeof(StrictEnumConverter<QueueMode>))]
    public QueueMode? QueueMode { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<MenuVisibility>))]
    public MenuVisibility? Visibility { get; init; }

    public JsonElement? Theme
    {
        get => ThemeJson.Of(_theme.Value);
        set => _theme = ThemeJson.TextOf(value);
    }

    public string?[]? WhitelistUsers { get; init; }

    public MenuDraft ToDraft() =>
        new(Name, _description, QueueMode, Visibility, _theme, WhitelistUsers?.Select(static id => id ?? "").ToArray());
}

internal sealed record CreateMenuRequest : ChangeMenuRequest
{
    /// <summary>Whose menu it is; for admins, a model's own is meant otherwise.</summary>
    public string? ModelId { get; init; }

    /// <summary>Sent again with the same key it is the same menu; may also be in the header Idempotency-Key.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>All that a template needs to be told.</summary>
internal sealed record FromMenuTemplateRequest
{
    public string? ModelId { get; init; }

    public string? IdempotencyKey { get; init; }
}

/// <param name="WhitelistUsers">Only for the menu's model, admins and services.</param>
internal sealed record MenuResponse(
    [property: JsonPropertyName("_id")] string Id,
    string ModelId,
    string Name,
    string? Description,
    [property: JsonConverter(typeof(StrictEnumConverter<QueueMode>))] QueueMode QueueMode,
    [property: JsonConverter(typeof(StrictEnumConverter<MenuVisibility>))] MenuVisibility Visibility,
    JsonElement? Theme,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? WhitelistUsers,
    IReadOnlyList<MenuItemResponse> MenuItems,
    bool IsActive,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
)
{
    public static MenuResponse From(MenuView menu) =>
        new(
            menu.MenuId,
            menu.ModelId,
            menu.Name,
            menu.Description,
            menu.QueueMode,
            menu.Visibility,
            ThemeJson.Of(menu.Theme),
            menu.WhitelistUsers,
            [.. menu.Items.Select(MenuItemResponse.From)],
            menu.IsActive,
            menu.Version,
            menu.CreatedAt,
            menu.UpdatedAt
        );
}

internal sealed record MenuListResponse(IReadOnlyList<MenuResponse> Menus);

internal sealed record MenuTemplateListResponse(IReadOnlyList<MenuTemplateResponse> Templates);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(CreateMenuRequest))]
[JsonSerializable(typeof(ChangeMenuRequest))]
[JsonSerializable(typeof(AddMenuItemRequest))]
[JsonSerializable(typeof(ChangeMenuItemRequest))]
[JsonSerializable(typeof(FromMenuTemplateRequest))]
[JsonSerializable(typeof(MenuResponse))]
[JsonSerializable(typeof(MenuItemResponse))]
[JsonSerializable(typeof(MenuListResponse))]
[JsonSerializable(typeof(MenuTemplateListResponse))]
internal sealed partial class MenuJson : JsonSerializerContext;
