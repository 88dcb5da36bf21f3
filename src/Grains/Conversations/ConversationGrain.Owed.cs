using Actors.GrainInterfaces.Conversations;
using Actors.Grains.Pets;

namespace Actors.Grains.Conversations;

/// <summary>What is said when it is due, without anybody typing it.</summary>
public sealed partial class ConversationGrain
{
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
}
