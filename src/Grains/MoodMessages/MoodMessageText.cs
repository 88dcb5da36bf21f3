using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.Conversations;
using Actors.Grains.Sealing;
using Actors.Grains.Texts;

namespace Actors.Grains.MoodMessages;

/// <summary>
/// What a mood message says, as it is kept: sealed with the key of its conversation, so that whoever erases that has erased this,
/// and as it is when everybody may read it.
/// </summary>
public static class MoodMessageText
{
    public static PlainText Read(MoodMessageType type, string? typed) =>
        PlainText.Read(
            typed,
            type == MoodMessageType.PublicMicro ? IMoodMessageGrain.MaxMicroLength : IConversationGrain.MaxContentLength
        );

    /// <summary>Null for what is public.</summary>
    public static string? KeyNameOf(ConversationId? conversation) =>
        conversation is { } id ? ConversationText.KeyNameOf(id) : null;

    public static string Seal(SealingKey? key, string text, string messageId) =>
        key is null ? text : key.Seal(text, PlaceOf(messageId));

    public static string? Open(SealingKey? key, string text, string messageId) =>
        key is null ? text : key.Open(text, PlaceOf(messageId));

    private static string PlaceOf(string messageId) => $"mood message {messageId}";
}
