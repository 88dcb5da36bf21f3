using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;

namespace Actors.Grains.Conversations;

[GrainType("conversation")]
public sealed partial class ConversationGrain : EventSourcedGrain<Conversation, ConversationEvent>, IConversationGrain
{
    private static readonly Aggregate<Conversation, ConversationEvent> Definition = new()
    {
        Initial = Conversation.Empty,
        Evolve = ConversationFold.Evolve,
        NextDue = static conversation => conversation.Owed.NextDue,
        EventJson = ConversationJson.Default.ConversationEvent,
        StateJson = ConversationJson.Default.Conversation,
        Schema = 2,
    };

    private readonly ConversationServices _with;
    private readonly ConversationId _id;
    private readonly Peer _peer;
    private readonly ConversationPages _pages;
    private readonly ModelVoice _voice;
    private readonly Passing _passing;
    private readonly PetReplies _pet;
    private readonly OutsideCalls _asks;
    private SealingKey? _key;

    public ConversationGrain(IGrainContext context, DurableServices services, ConversationServices with)
        : base(context, services, Definition)
    {
        _with = with;
        _id = ConversationId.Parse(context.GrainId.Key.ToString()!);
        _peer = new Peer(_id, () => GrainFactory);
        _pages = new ConversationPages(_id, ReadBackwardAsync);
        _voice = new ModelVoice(_id, () => GrainFactory, with.Quiet, services.Time, with.LoggerOf<ModelVoice>());
        _passing = new Passing(_id, () => GrainFactory, services.Time, services.Logger);
        _pet = new PetReplies(_id, () => GrainFactory, with, _pages);
        _asks = new OutsideCalls(services.Time);
    }

    public async Task<Outcome<MessageView>> Send(SendMessage command)
    {
        var refused =
            await RefuseSideAsync(ConversationFold.SideOf(command.Sender))
            ?? ConversationRules.RefuseNames(command.Attachments);
        if (refused is not null)
        {
            return refused;
        }
        if (await KeyAsync() is not { } key)
        {
            return ConversationRefusals.ConversationNotFound;
        }
        var claimed = command.Attachments is { Count: > 0 } ids ? await ClaimAsync(command, ids) : null;
        var prohibited = await _with.Policy.GetAsync();
        // Nothing is waited for from here to the commit: two that come at once with one key are one message.
        if (
            command.Key is { } name
            && Current.FindKey(ConversationFold.FingerprintOf(command.Sender, name)) is { } earlier
        )
        {
            return await RepeatAsync(command, earlier, key);
        }
        if (claimed?.Refusal is { } unclaimed)
        {
            return unclaimed;
        }
        var decision = ConversationRules.Decide(
            Current,
            _id,
            command,
            key,
            prohibited,
            Now,
            claimed?.Value,
            answersItself: _id.Kind == PeerKind.Pet || !_with.Quiet.Contains(_id.PeerId),
            _with.Hearing.Hear
        );
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        await Commit(Tellable(decision.Value!));
        if (decision.Value!.Number == 1)
        {
            _passing.Standing();
        }
        var said = ConversationText.ReadContent(command.Content).Kept ?? "";
        return await _pages.ViewAsync(Durable, decision.Value!, key, said);
    }

    public async Task<Outcome<MessageView>> Edit(EditMessage command)
    {
        if (await FindSentAsync(command.Side, command.Number) is not (var sent, var key))
        {
            return ConversationRefusals.MessageNotFound;
        }
        var prohibited = await _with.Policy.GetAsync();
        var decision = ConversationRules.Decide(Current, sent, command, key, prohibited, Now);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        await Commit(decision.Value!);
        return await _pages.ViewAsync(Durable, sent, key);
    }

    public async Task<Outcome<MessageCount>> Delete(DeleteMessages command)
    {
        if (command.Number is not { } number)
        {
            var seen = Current.Total - Current.Of(command.Side).ClearedUpTo;
            return await ApplyAsync(ConversationRules.DecideClearing(Current, command.Side, Now), seen);
        }
        if (await FindSentAsync(command.Side, number) is not (var sent, _))
        {
            return ConversationRefusals.MessageNotFound;
        }
        var decision = ConversationRules.DecideDeletion(Current, _id, sent, command.Side, Now);
        return decision.Refusal is { } refusal ? refusal : await ApplyAsync(decision.Value, count: 1);
    }

    public async Task<Outcome<MessageCount>> MarkRead(MarkMessagesRead command)
    {
        var decision = ConversationRules.Decide(Current, command, Now);
        var unread = Current.Of(command.Side).Unread.Count;
        return decision.Refusal is { } refusal
            ? refusal
            : await ApplyAsync(decision.Value, command.Numbers is null ? unread : decision.Value?.Numbers.Length ?? 0);
    }

    public async Task<Outcome<MessagePage>> List(ListMessages query)
    {
        if (query.Search is { Length: < 2 or > 100 })
        {
            return ConversationRefusals.InvalidSearch;
        }
        if (!Durable.HasBegun)
        {
            // Who only looks leaves no key behind.
            return new MessagePage([], 0, null);
        }
        return await KeyAsync() is { } key
            ? await _pages.ListAsync(Durable, query, key)
            : ConversationRefusals.ConversationNotFound;
    }

    public async Task<IReadOnlyList<MessageView>> Find(Side side, IReadOnlyList<long> numbers) =>
        Durable.HasBegun && await KeyAsync() is { } key ? await _pages.FindAsync(Durable, side, numbers, key) : [];

    public async Task<ConversationSummary?> Summarize(Side side)
    {
        if (!Durable.HasBegun || await KeyAsync() is not { } key)
        {
            return null;
        }
        var conversation = Durable;
        var last = await _pages.FindAsync(conversation, side, [conversation.Total], key);
        var state = conversation.Of(side);
        return new ConversationSummary(
            _id,
            last is [var message] ? message : null,
            state.Unread.Count,
            state.Blocked,
            conversation.IsOpen
        );
    }

    public Task<Outcome<Done>> Type(Side side)
    {
        var conversation = Durable;
        if (!conversation.HasBegun || conversation.IsErased)
        {
            return Task.FromResult<Outcome<Done>>(ConversationRefusals.ConversationNotFound);
        }
        if (conversation.IsBlocked)
        {
            return Task.FromResult<Outcome<Done>>(ConversationRefusals.ConversationBlocked);
        }
        _passing.Typing(side);
        return Task.FromResult<Outcome<Done>>(Done.It);
    }

    public async Task<Outcome<Done>> CheckOpen(Side side) =>
        await RefuseSideAsync(side) is { } refusal ? refusal
        : Durable.IsBlocked ? ConversationRefusals.ConversationBlocked
        : Done.It;

    public Task<AttachedFile?> FindFile(Side side, AttachmentId id)
    {
        var conversation = Durable;
        var file = conversation.FindFile(id);
        return Task.FromResult(
            file is not null && file.Number > conversation.Of(side).ClearedUpTo
                ? new AttachedFile(id, file.Type, file.Bytes)
                : null
        );
    }

    public async Task<IReadOnlyList<AttachmentId>> FindTaken(IReadOnlyList<AttachmentId> ids)
    {
        await WhenDurable();
        await ProveNewestAsync();
        var conversation = Durable;
        return [.. ids.Where(id => conversation.FindFile(id) is not null)];
    }

    public async Task<Outcome<Done>> SetBlocked(SetBlocked command)
    {
        if (await RefuseSideAsync(command.Side) is { } refusal)
        {
            return refusal;
        }
        await (ConversationRules.Decide(Current, command, Now) is { } set ? Commit(set) : WhenDurable());
        _passing.Standing();
        return Done.It;
    }

    public async Task<Outcome<Done>> Report(ReportConversation command)
    {
        if (!Current.HasBegun || await KeyAsync() is not { } key)
        {
            return ConversationRefusals.ConversationNotFound;
        }
        return await Apply<ConversationReported, Done>(
            ConversationRules.Decide(Current, command, key, Now),
            static () => Done.It
        );
    }

    public Task ReceiveTips(IReadOnlyList<Delivered<TipNotice>> tips) =>
        CommitOnce(tips, tip => Current.IsErased ? null : new TipReceived(Now, tip.Transfer, tip.Tokens));

    public async Task Erase()
    {
        await _with.Keys.DestroyAsync(ConversationText.KeyNameOf(_id));
        // After that: whoever came meanwhile may have opened it once more.
        _key = null;
        await EndAsync();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _asks.EndAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override IReadOnlyList<Effect> EffectsOf(ConversationEvent @event, long version) =>
        ConversationEffects.Of(_id, @event, version);

    private ConversationEvent Tellable(ConversationEvent @event) =>
        _with.Interest.Mark(@event, ConversationNews.TypeOf(@event));

    private Task<Outcome<ClaimedFiles>> ClaimAsync(SendMessage command, IReadOnlyList<AttachmentId> ids)
    {
        var sender = ConversationFold.SideOf(command.Sender) == Side.User ? _id.UserId : _id.PeerId;
        return GrainFactory.GetGrain<IUploadsGrain>(sender).Claim(new ClaimUploads(_id, [.. ids]));
    }

    private async Task<Outcome<MessageView>> RepeatAsync(SendMessage command, long number, SealingKey key)
    {
        await WhenDurable();
        var sent = await _pages.ReadAsync(Durable, number);
        return ConversationRules.IsRepeated(sent, command, key)
            ? await _pages.ViewAsync(Durable, sent, key)
            : LedgerRefusals.IdempotencyKeyReused;
    }

    private async Task<Outcome<MessageCount>> ApplyAsync(ConversationEvent? @event, long count)
    {
        await (@event is null ? WhenDurable() : Commit(Tellable(@event)));
        return new MessageCount(@event is null ? 0 : count);
    }

    private async Task<(MessageSent Sent, SealingKey Key)?> FindSentAsync(Side side, long number)
    {
        await WhenDurable();
        var conversation = Durable;
        return
            ConversationRules.IsThere(conversation, number)
            && number > conversation.Of(side).ClearedUpTo
            && await KeyAsync() is { } key
            ? (await _pages.ReadAsync(conversation, number), key)
            : null;
    }

    private ValueTask<Refusal?> RefuseSideAsync(Side side) => _peer.RefuseAsync(Current, side);

    private Task EndAsync() => Current.IsErased ? WhenDurable() : Commit(new ConversationErased(Now));

    /// <summary>Null once the conversation was erased.</summary>
    private async ValueTask<SealingKey?> KeyAsync() =>
        _key ??= await _with.Keys.OpenAsync(ConversationText.KeyNameOf(_id));
}
