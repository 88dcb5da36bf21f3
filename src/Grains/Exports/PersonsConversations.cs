using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Attachments;
using Actors.Grains.Conversations;
using Actors.Grains.Sealing;
using Actors.Grains.Uploads;

namespace Actors.Grains.Exports;

/// <summary>A person's conversations as she sees them, each followed by its files.</summary>
internal sealed class PersonsConversations(
    IGrainFactory grains,
    IAttachmentStore store,
    IErasableKeys keys,
    string personId,
    PersonKind kind
)
{
    private const int PageSize = 100;
    private const int PieceBytes = 1 << 16;

    private Side Side => kind == PersonKind.User ? Side.User : Side.Peer;

    public async IAsyncEnumerable<ExportPiece> ReadAsync()
    {
        foreach (var id in await FindConversationsAsync())
        {
            var peer = kind == PersonKind.User ? id.PeerId : id.UserId;
            var directory = id.Kind == PeerKind.Pet ? "pet-conversations" : "conversations";
            var files = new List<AttachedFile>();
            var messages = MessagesAsync(id, files);
            await foreach (
                var piece in ExportPieces.ListAsync(
                    $"{directory}/{peer}.json",
                    messages,
                    ExportedJson.Default.ExportedMessage
                )
            )
            {
                yield return piece;
            }
            foreach (var file in files)
            {
                await foreach (var piece in AttachmentAsync(id, file, $"{directory}/{peer}"))
                {
                    yield return piece;
                }
            }
        }
    }

    private async Task<IReadOnlyCollection<ConversationId>> FindConversationsAsync()
    {
        var list = grains.GetGrain<IConversationListGrain>(personId);
        var found = new HashSet<ConversationId>();
        for (var offset = 0; await list.List(PageSize, offset) is { Conversations.Count: > 0 } page; offset += PageSize)
        {
            found.UnionWith(page.Conversations);
        }
        // Meanwhile some may have moved to the front, where nobody looks any more.
        found.UnionWith((await list.List(PageSize, 0)).Conversations);
        return found;
    }

    private async IAsyncEnumerable<ExportedMessage> MessagesAsync(ConversationId id, List<AttachedFile> files)
    {
        var conversation = grains.GetGrain<IConversationGrain>(id.ToString());
        long? before = null;
        do
        {
            var found = await conversation.List(new ListMessages(Side, PageSize, Before: before));
            if (found.Value is not { } page)
            {
                // Erased, by whoever of the two.
                yield break;
            }
            foreach (var message in page.Messages)
            {
                files.AddRange(message.Attachments ?? []);
                yield return ExportedMessage.Of(message);
            }
            before = page.Next;
        } while (before is not null);
    }

    private async IAsyncEnumerable<ExportPiece> AttachmentAsync(ConversationId id, AttachedFile file, string directory)
    {
        if (await keys.OpenAsync(ConversationText.KeyNameOf(id)) is not { } key)
        {
            yield break;
        }
        await using var bytes = await store.OpenAsync(UploadNames.Of(id, file.Id), key);
        if (bytes is null)
        {
            // Its message was deleted a moment ago.
            yield break;
        }
        var name = $"{directory}/{file.Id}.{file.Type.Extension()}";
        var buffer = new byte[PieceBytes];
        while (await bytes.ReadAsync(buffer.AsMemory()) is > 0 and var read)
        {
            yield return new ExportPiece(name, buffer.AsMemory(0, read), IsPacked: true);
        }
    }
}
