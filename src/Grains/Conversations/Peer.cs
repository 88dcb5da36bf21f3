using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Pets;

namespace Actors.Grains.Conversations;

/// <summary>Whom a conversation is with: nobody begins one with a model or pet that there is not.</summary>
internal sealed class Peer(ConversationId id, Func<IGrainFactory> grains)
{
    private bool _isThere;

    /// <summary>A user begins a conversation; nobody begins one with a user.</summary>
    public ValueTask<Refusal?> RefuseAsync(Conversation conversation, Side side) =>
        conversation.IsErased ? new(ConversationRefusals.ConversationNotFound)
        : conversation.HasBegun || _isThere ? default
        : new(LookAsync(side));

    private async Task<Refusal?> LookAsync(Side side)
    {
        var refusal =
            id.Kind == PeerKind.Pet ? await LookForPetAsync()
            : side == Side.Peer ? ConversationRefusals.ConversationNotFound
            : (await grains().GetGrain<IModelProfileGrain>(id.PeerId).Get()).Refusal;
        _isThere = refusal is null;
        return refusal;
    }

    private async Task<Refusal?> LookForPetAsync() =>
        await grains().GetGrain<IPetsGrain>(id.UserId).Find(id.PeerId) is null ? PetRefusals.PetNotFound : null;
}
