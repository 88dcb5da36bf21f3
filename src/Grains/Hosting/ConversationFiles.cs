using System.Security.Cryptography;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.Attachments;
using Actors.Grains.Conversations;
using Actors.Grains.Sealing;
using Actors.Grains.Uploads;
using Actors.Journal;

namespace Actors.Grains.Hosting;

/// <summary>
/// Files of conversations, for a host of the API: large as they are, they go from it to the store and back, and no grain
/// sees more of them than what they are.
/// </summary>
public sealed class ConversationFiles(
    IGrainFactory grains,
    IAttachmentStore store,
    IErasableKeys keys,
    AttachmentOptions options,
    TimeProvider time,
    RandomBytes? random = null
)
{
    // Well within the time for which room is reserved.
    private static readonly TimeSpan StoreAtMost = TimeSpan.FromMinutes(5);

    private readonly RandomBytes _random = random ?? RandomNumberGenerator.Fill;

    /// <summary>More is not even read.</summary>
    public long MaxBytes => options.MaxBytes;

    public int UploadsAtOnce => options.UploadsAtOnce;

    /// <summary>Cleans and stores a file for a message that its sender will send.</summary>
    /// <param name="content">As it came; must not be changed meanwhile.</param>
    public async Task<Outcome<AttachedFile>> StoreAsync(
        ConversationId conversation,
        Side sender,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellation
    )
    {
        var admitted = await grains.GetGrain<IConversationGrain>(conversation.ToString()).CheckOpen(sender);
        var clean = admitted.Refusal is null ? AttachmentRules.Clean(content, options) : admitted.Refusal;
        if (clean.Refusal is { } unfit)
        {
            return unfit;
        }
        var id = NewId();
        var file = new AttachedFile(id, clean.Value!.Type, clean.Value.Length);
        var uploads = grains.GetGrain<IUploadsGrain>(sender == Side.User ? conversation.UserId : conversation.PeerId);
        var reserved = await uploads.Reserve(new ReserveUpload(conversation, file));
        if (reserved.Refusal is { } full)
        {
            return full;
        }
        if (await keys.OpenAsync(ConversationText.KeyNameOf(conversation)) is not { } key)
        {
            return ConversationRefusals.ConversationNotFound;
        }
        using var limit = new CancellationTokenSource(StoreAtMost, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var name = UploadNames.Of(conversation, id);
        await using (var bytes = clean.Value.OpenRead())
        {
            await store.WriteAsync(name, key, bytes, patience.Token);
        }
        var confirmed = await uploads.Confirm(id);
        if (confirmed.Refusal is not { } late)
        {
            return file;
        }
        // Its reservation is over: nobody would look for it any more.
        await store.DeleteAsync(name, CancellationToken.None);
        return late;
    }

    /// <summary>The bytes of a file that the conversation has; null when they are gone.</summary>
    public async Task<Stream?> OpenAsync(
        ConversationId conversation,
        AttachmentId id,
        CancellationToken cancellation
    ) =>
        await keys.OpenAsync(ConversationText.KeyNameOf(conversation)) is { } key
            ? await store.OpenAsync(UploadNames.Of(conversation, id), key, cancellation)
            : null;

    private AttachmentId NewId()
    {
        var bytes = new byte[AttachmentId.Bytes];
        _random(bytes);
        return AttachmentId.Of(bytes);
    }
}
