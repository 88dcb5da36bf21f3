using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Menus;

namespace Actors.Grains.Exports;

/// <summary>Menus as the grains show them, under the names that the API has for them.</summary>
internal static class ExportedMenus
{
    private static readonly Dictionary<(Type, string), string> Names = new()
    {
        [(typeof(MenuView), "menu_id")] = "_id",
        [(typeof(MenuView), "items")] = "menu_items",
        [(typeof(MenuItemView), "item_id")] = "_id",
        [(typeof(MenuItemView), "device")] = "lovense_activation",
    };

    public static JsonTypeInfo<MenuView> Contract { get; } =
        (JsonTypeInfo<MenuView>)
            new JsonSerializerOptions(ExportedMenuJson.Default.Options)
            {
                TypeInfoResolver = ExportedMenuJson.Default.WithAddedModifier(Rename),
            }.GetTypeInfo(typeof(MenuView));

    private static void Rename(JsonTypeInfo contract)
    {
        foreach (var property in contract.Properties)
        {
            if (contract.Type == typeof(MenuView) && property.Name == "theme")
            {
                property.CustomConverter = new ThemeAsTyped();
            }
            property.Name = Names.GetValueOrDefault((contract.Type, property.Name), property.Name);
        }
    }

    /// <summary>A name, or an object that is kept as its JSON.</summary>
    private sealed class ThemeAsTyped : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonNode.Parse(ref reader)?.ToString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
        {
            if (value.StartsWith('{'))
            {
                writer.WriteRawValue(value);
            }
            else
            {
                writer.WriteStringValue(value);
            }
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcMoment)]
)]
[JsonSerializable(typeof(MenuView))]
internal sealed partial class ExportedMenuJson : JsonSerializerContext;
