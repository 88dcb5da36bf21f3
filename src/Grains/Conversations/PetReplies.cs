using System.Collections.Immutable;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.Pets;
using Actors.Grains.Sealing;
using Actors.Grains.Texts;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Conversations;

/// <summary>What a pet says by itself: its voice's answer to the newest messages.</summary>
public sealed partial class PetReplies
{
    private readonly ConversationId _id;
    private readonly Func<IGrainFactory> _grains;
    private readonly IPetVoice _voice;
    private readonly PetOptions _options;
    private readonly ConversationPages _pages;
    private readonly ILogger<PetReplies> _logger;

    internal PetReplies(
        ConversationId id,
        Func<IGrainFactory> grains,
        ConversationServices with,
        ConversationPages pages
    )
    {
        (_id, _grains, _pages) = (id, grains, pages);
        (_voice, _options, _logger) = (with.PetVoice, with.PetOptions, with.LoggerOf<PetReplies>());
    }

    public int DelaySeconds => _options.ReplySeconds;

    /// <inheritdoc cref="IPetVoice.Patience"/>
    public TimeSpan? Patience => _voice.Patience;

    /// <summary>What there is to answer; null when the pet is gone.</summary>
    /// <param name="conversation">Which owes a reply; durable.</param>
    public async Task<PetTalk?> HearAsync(Conversation conversation, SealingKey key)
    {
        var askingPet = AskAsync<IPetsGrain, PetView?>(static (pets, id) => pets.Find(id.PeerId));
        var askingOwner = AskAsync<IUserProfileGrain, UserProfile?>(static async (owner, _) => await owner.Get());
        var (pet, owner) = (await askingPet, await askingOwner);
        if (pet is { IsReached: true, Value: null })
        {
            return null;
        }
        var reply = conversation.Owed.Reply!;
        return new PetTalk(
            _id.UserId,
            pet.Value?.Name,
            pet.Value?.Mood ?? PetMood.Calm,
            owner.Value?.Language ?? Languages.English,
            reply.Newest ?? reply.Since,
            _voice.Patience is null ? [] : await ReadLinesAsync(conversation, key),
            IsDegraded: !pet.IsReached || !owner.IsReached
        );
    }

    public async Task<SpokenText> AnswerAsync(PetTalk talk)
    {
        var words = await _voice.AnswerAsync(talk);
        return new SpokenText(words.Text, null, words.Degraded || talk.IsDegraded);
    }

    /// <summary>The newest messages that the owner sees, without what systems have noted.</summary>
    private async Task<ImmutableArray<PetLine>> ReadLinesAsync(Conversation conversation, SealingKey key)
    {
        var page = await _pages.ListAsync(conversation, new ListMessages(Side.User, PetTalk.MostLines), key);
        return
        [
            .. page
                .Messages.Where(static one => one is { Content: not null, Sender: not MessageSender.System })
                .Reverse()
                .Select(static one => new PetLine(LineKindOf(one), one.Content!)),
        ];
    }

    private static PetLineKind LineKindOf(MessageView message) =>
        message.Sender == MessageSender.User ? PetLineKind.Owner
        : message.Automated == AutomatedKind.PetReply ? PetLineKind.Pet
        : PetLineKind.ForPet;

    private async Task<(bool IsReached, TAnswer? Value)> AskAsync<TGrain, TAnswer>(
        Func<TGrain, ConversationId, Task<TAnswer>> ask
    )
        where TGrain : IGrainWithStringKey
    {
        try
        {
            return (true, await ask(_grains().GetGrain<TGrain>(_id.UserId), _id));
        }
        catch (Exception fault)
        {
            LogUnreachable(_logger, fault, typeof(TGrain).Name);
            return (false, default);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Grain} did not answer; the pet says something general")]
    private static partial void LogUnreachable(ILogger logger, Exception fault, string grain);
}
