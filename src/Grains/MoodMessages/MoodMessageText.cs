using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.Conversations;
using Actors.Grains.Identity;
using Actors.Grains.Sealing;
using Actors.Grains.Texts;

namespace Actors.Grains.MoodMessages;

/// <summary>
/// What a mood message says, as it is kept: sealed with the key of its conversation, so that whoever erases that has erased this;
/// with the model's when everybody may read it.
/// </summary>
public static class MoodMessageText
{
    public static PlainText Read(MoodMessageType type, string? typed) =>
        PlainText.Read(
            typed,
            type == MoodMessageType.PublicMicro ? IMoodMessageGrain.MaxMicroLength : IConversationGrain.MaxContentLength
        );

    /// <param name="conversation">Null for what is public.</param>
    public static string KeyNameOf(ConversationId? conversation, string modelId) =>
        conversation is { } id ? ConversationText.KeyNameOf(id) : PersonKey.NameOf(modelId);

    public static string Seal(SealingKey key, string text, string messageId) => key.Seal(text, PlaceOf(messageId));

    /// <summary>Null once it was erased. Older versions wrote what is public as it is.</summary>
    public static string? Open(SealingKey? key, string text, string messageId) =>
        SealingKey.IsSealed(text) ? key?.Open(text, PlaceOf(messageId)) : text;

    private static string PlaceOf(string messageId) => $"mood message {messageId}";
}
