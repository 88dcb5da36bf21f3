using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Menus;

/// <summary>Tells whether two commands are the same one repeated: same person, same content; from wherever it was sent.</summary>
internal static class CommandDigest
{
    public static string OfMenu(Actor actor, MadeFrom content) => Of(actor, content, MenuJson.Default.MadeFrom);

    public static string OfItem(Actor actor, ItemContent content) => Of(actor, content, MenuJson.Default.ItemContent);

    private static string Of<T>(Actor actor, T content, JsonTypeInfo<T> contract)
    {
        var json = JsonSerializer.Serialize(content, contract);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor.Role}\n{actor.Id}\n{json}")));
    }
}

/// <summary>All that a menu is made from.</summary>
internal sealed record MadeFrom(string ModelId, MenuSettings Settings, ImmutableArray<ItemContent> Items);
