using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.GrainInterfaces.Conversations;

/// <summary>Whom a user talks with.</summary>
public enum PeerKind
{
    Model,
    Pet,
}

/// <summary>One user's conversation with one model or one pet, such as <c>model.ana.bo</c>.</summary>
[GenerateSerializer, Immutable, Alias("ConversationId")]
[JsonConverter(typeof(ConversationIdJson))]
public readonly record struct ConversationId
{
    private const string ModelPrefix = "model";
    private const string PetPrefix = "pet";

    private ConversationId(PeerKind kind, string peerId, string userId) =>
        (Kind, PeerId, UserId) = (kind, peerId, userId);

    [Id(0)]
    public PeerKind Kind { get; private init; }

    [Id(1)]
    public string PeerId { get; private init; }

    [Id(2)]
    public string UserId { get; private init; }

    public static ConversationId WithModel(ModelId model, UserId user) => new(PeerKind.Model, model.Value, user.Value);

    /// <exception cref="ArgumentException">The pet's id is none.</exception>
    public static ConversationId WithPet(string petId, UserId user) =>
        new(PeerKind.Pet, Identifier.Checked(petId, "pet id"), user.Value);

    public static ConversationId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new ArgumentException($"'{text}' is no conversation.", nameof(text));

    public static bool TryParse([NotNullWhen(true)] string? text, out ConversationId id)
    {
        id = default;
        if (text?.Split('.') is not [var prefix, var peer, var user] || !IsPair(peer, user))
        {
            return false;
        }
        if (prefix is not (ModelPrefix or PetPrefix))
        {
            return false;
        }
        id = new ConversationId(prefix == ModelPrefix ? PeerKind.Model : PeerKind.Pet, peer, user);
        return true;
    }

    public override string ToString() => $"{(Kind == PeerKind.Model ? ModelPrefix : PetPrefix)}.{PeerId}.{UserId}";

    private static bool IsPair(string peer, string user) => Identifier.IsValid(peer) && Identifier.IsValid(user);

    public sealed class ConversationIdJson : JsonConverter<ConversationId>
    {
        public override ConversationId Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => TryParse(reader.GetString(), out var id) ? id : throw new JsonException("This is no conversation.");

        public override void Write(Utf8JsonWriter writer, ConversationId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
