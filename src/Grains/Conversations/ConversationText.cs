using System.Globalization;
using Actors.GrainInterfaces.Conversations;
using Actors.Grains.Sealing;
using Actors.Grains.Texts;

namespace Actors.Grains.Conversations;

/// <summary>
/// What people write, as it is kept: sealed with the conversation's own key and for its place, so that it can be made unreadable for
/// ever, and cannot be put anywhere else.
/// </summary>
public static class ConversationText
{
    private const int MaxReasonLength = 500;

    public static string KeyNameOf(ConversationId id) => $"conversation:{id}";

    public static PlainText ReadContent(string? typed) => PlainText.Read(typed, IConversationGrain.MaxContentLength);

    public static PlainText ReadReason(string? typed) => PlainText.Read(typed, MaxReasonLength);

    /// <param name="edit">0 for the message as it was sent.</param>
    public static string SealMessage(this SealingKey key, string text, long number, int edit = 0) =>
        key.Seal(text, PlaceOf(number, edit));

    public static string? OpenMessage(this SealingKey key, string text, long number, int edit = 0) =>
        key.Open(text, PlaceOf(number, edit));

    public static string SealReason(this SealingKey key, string reason, int report) =>
        key.Seal(reason, PlaceOf(report));

    public static string? OpenReason(this SealingKey key, string reason, int report) =>
        key.Open(reason, PlaceOf(report));

    private static string PlaceOf(long number, int edit) =>
        edit == 0
            ? string.Create(CultureInfo.InvariantCulture, $"message {number}")
            : string.Create(CultureInfo.InvariantCulture, $"message {number} edit {edit}");

    private static string PlaceOf(int report) => string.Create(CultureInfo.InvariantCulture, $"report {report}");
}
