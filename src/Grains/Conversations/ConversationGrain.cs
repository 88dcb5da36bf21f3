using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Pets;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Pets;
using Actors.Grains.Sealing;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Conversations;

[GrainType("conversation")]
public sealed class ConversationGrain : EventSourcedGrain<Conversation, ConversationEvent>, IConversationGrain
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

    private readonly IErasableKeys _keys;
    private readonly PolicyInForce _policy;
    private readonly WebhookInterest _interest;
    private readonly EscalationOptions _escalation;
    private readonly ConversationId _id;
    private readonly ConversationPages _pages;
    private readonly ModelVoice _voice;
    private readonly Passing _passing;
    private readonly PetReplies _pet;
    private readonly OutsideCalls _asks;
    private SealingKey? _key;
    private bool _hasPeer;

    public ConversationGrain(
        IGrainContext context,
        DurableServices services,
        IErasableKeys keys,
        PolicyInForce policy,
        WebhookInterest interest,
        EscalationOptions escalation,
        IPetVoice petVoice,
        PetOptions petOptions,
        ILogger<ModelVoice> logger,
        ILogger<PetReplies> petLogger
    )
        : base(context, services, Definition)
    {
        (_keys, _policy, _interest, _escalation) = (keys, policy, interest, escalation);
        _id = ConversationId.Parse(context.GrainId.Key.ToString()!);
        _pages = new ConversationPages(_id, ReadBackwardAsync);
        _voice = new ModelVoice(_id, () => GrainFactory, services.Time, logger);
        _passing = new Passing(_id, () => GrainFactory, services.Time, services.Logger);
        _pet = new PetReplies(_id, () => GrainFactory, petVoice, petOptions, _pages, petLogger);
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
        var prohibited = await _policy.GetAsync();
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
            _escalation.IsOn
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
        return await _pages.ViewAsync(Durable, decision.Value!, key);
    }

    public async Task<Outcome<MessageView>> Edit(EditMessage command)
    {
        if (await FindSentAsync(command.Side, command.Number) is not (var sent, var key))
        {
            return ConversationRefusals.MessageNotFound;
        }
        var prohibited = await _policy.GetAsync();
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

    public Task<bool> IsOpen() => Task.FromResult(Durable.IsOpen);

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
        await _keys.DestroyAsync(ConversationText.KeyNameOf(_id));
        // After that: whoever came meanwhile may have opened it once more.
        _key = null;
        await EndAsync();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _asks.EndAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        if (await KeyAsync() is null)
        {
            // The crash was between the key and the word about it.
            await EndAsync();
            return;
        }
        if (OwedRules.DecideUnanswered(Current.Owed, now) is { } unanswered)
        {
            await Commit(unanswered);
        }
        if (Current.Owed.Greeting is not null)
        {
            await SayAsync(AutomatedKind.Greeting, await _voice.GreetAsync(), static owed => owed.Greeting is not null);
        }
        if (Current.Owed.Reply is { } reply && reply.Due <= now)
        {
            await (reply.IsPlanned ? ReplyAsync(reply) : PlanAsync(reply));
        }
        if (Current.Owed.Thanks is { } thanks && thanks.Due <= now)
        {
            await SayAsync(
                AutomatedKind.TipThankYou,
                await _voice.ThankAsync(thanks.Tokens),
                owed => owed.Thanks?.Tokens >= thanks.Tokens,
                thanks.Tokens
            );
        }
    }

    protected override IReadOnlyList<Effect> EffectsOf(ConversationEvent @event, long version) =>
        ConversationEffects.Of(_id, @event, version);

    private ConversationEvent Tellable(ConversationEvent @event) =>
        _interest.Mark(@event, ConversationNews.TypeOf(@event));

    /// <summary>Whether, and when, the other side answers without typing.</summary>
    private async Task PlanAsync(OwedReply reply)
    {
        var delay = _id.Kind == PeerKind.Pet ? _pet.DelaySeconds : await _voice.AskDelayAsync();
        if (reply.IsStill(Current.Owed.Reply))
        {
            await Commit(
                delay is { } seconds ? OwedRules.Plan(reply, seconds, Now) : (ConversationEvent)new ReplyDropped(Now)
            );
        }
        if (Current.Owed.Reply is { IsPlanned: true } planned && planned.Due <= Now)
        {
            await ReplyAsync(planned);
        }
    }

    /// <summary>What counts is the mood now, and whether the model still wants a reply to be given.</summary>
    private async Task ReplyAsync(OwedReply reply)
    {
        if (_id.Kind == PeerKind.Pet)
        {
            await ReplyAsPetAsync(reply);
        }
        else if (await _voice.ReplyAsync() is { } text)
        {
            await SayAsync(AutomatedKind.AutoResponse, text, owed => reply.IsStill(owed.Reply));
        }
        else
        {
            await DropAsync(reply);
        }
    }

    private async Task ReplyAsPetAsync(OwedReply reply)
    {
        // What is answered is read out of the stream.
        await WhenDurable();
        var heard = Durable;
        if (await KeyAsync() is not { } key || !reply.IsStill(heard.Owed.Reply))
        {
            return;
        }
        if (await _pet.HearAsync(heard, key) is not { } talk)
        {
            await DropAsync(reply);
        }
        else if (_pet.Patience is not { } patience)
        {
            await SayAsPetAsync(reply, talk, await _pet.AnswerAsync(talk));
        }
        else if (reply.IsStill(Current.Owed.Reply))
        {
            // Nobody waits for a service. If this activation ends before the answer comes, the next one asks again.
            await Commit(new ReplyPlanned(Now, Now + patience));
            _asks.Begin(() => _pet.AnswerAsync(talk), spoken => SayAsPetAsync(reply, talk, spoken));
        }
    }

    private Task SayAsPetAsync(OwedReply reply, PetTalk talk, SpokenText spoken) =>
        SayAsync(AutomatedKind.PetReply, spoken, owed => reply.IsStill(owed.Reply), replyTo: talk.Number);

    private Task DropAsync(OwedReply reply) =>
        reply.IsStill(Current.Owed.Reply) ? Commit(new ReplyDropped(Now)) : Task.CompletedTask;

    /// <param name="isOwed">Looked at once the text is there: meanwhile the model may have answered herself.</param>
    private async Task SayAsync(
        AutomatedKind kind,
        SpokenText spoken,
        Func<Owed, bool> isOwed,
        long? tokens = null,
        long? replyTo = null
    )
    {
        if (await KeyAsync() is not { } key || !isOwed(Current.Owed))
        {
            return;
        }
        var auto = new AutomatedMessage(kind, spoken.Use, spoken.Degraded, tokens);
        var sender = _id.Kind == PeerKind.Pet ? MessageSender.Pet : MessageSender.Model;
        await Commit(
            Tellable(ConversationRules.DecideAutomated(Current, sender, spoken.Text, auto, key, Now, replyTo))
        );
    }

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

    /// <summary>A user begins a conversation with a model or pet that there is; nobody begins one with a user.</summary>
    private async ValueTask<Refusal?> RefuseSideAsync(Side side)
    {
        if (Current.IsErased)
        {
            return ConversationRefusals.ConversationNotFound;
        }
        if (Current.HasBegun || _hasPeer)
        {
            return null;
        }
        if (_id.Kind == PeerKind.Pet)
        {
            if (await GrainFactory.GetGrain<IPetsGrain>(_id.UserId).Find(_id.PeerId) is null)
            {
                return PetRefusals.PetNotFound;
            }
        }
        else if (side == Side.Peer)
        {
            return ConversationRefusals.ConversationNotFound;
        }
        else
        {
            var model = await GrainFactory.GetGrain<IModelProfileGrain>(_id.PeerId).Get();
            if (model.Refusal is { } refusal)
            {
                return refusal;
            }
        }
        _hasPeer = true;
        return null;
    }

    private Task EndAsync() => Current.IsErased ? WhenDurable() : Commit(new ConversationErased(Now));

    /// <summary>Null once the conversation was erased.</summary>
    private async ValueTask<SealingKey?> KeyAsync() => _key ??= await _keys.OpenAsync(ConversationText.KeyNameOf(_id));
}
