using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;

namespace Actors.Grains.Uploads;

/// <summary>What a file is called in the store: a conversation's files are nobody else's.</summary>
internal static class UploadNames
{
    public static string Of(ConversationId conversation, AttachmentId id) => $"attachment:{conversation}:{id}";
}
