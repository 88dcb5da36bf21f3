using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Conversations;
using Actors.Grains.Sealing;

namespace Actors.Grains.Pets;

/// <summary>
/// A pet's name as it is kept: sealed with the key of the conversation with it, so that both become unreadable together.
/// </summary>
public static class PetText
{
    private const string Place = "name of the pet";

    public static ConversationId ConversationWith(string petId, string userId) =>
        ConversationId.WithPet(petId, UserId.Parse(userId));

    public static string KeyNameOf(string petId, string userId) =>
        ConversationText.KeyNameOf(ConversationWith(petId, userId));

    public static string SealName(this SealingKey key, string name) => key.Seal(name, Place);

    public static string? OpenName(this SealingKey key, string name) => key.Open(name, Place);
}
