using System.Net;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.ContentPolicy;
using Actors.Grains.MoodMessages.Detection;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Grains.Sealing;

namespace Actors.Grains.MoodMessages;

/// <summary>
/// Gathers what a new message needs: whether it may be sent, what it says, for which membership, and how it sounds. Changes
/// nothing; whoever awaits it decides on what is there afterwards.
/// </summary>
internal sealed class MoodMessageWriter(
    Func<IGrainFactory> grains,
    IErasableKeys keys,
    PolicyInForce policy,
    IMoodDetector detector
)
{
    public async Task<Outcome<MoodMessageDraft>> WriteAsync(SendMoodMessage command, string messageId)
    {
        if ((MoodMessageRules.Refuse(command) ?? await RefuseAsync(command)) is { } refusal)
        {
            return refusal;
        }
        var said = await SayAsync(command);
        if (said.Refusal is not null)
        {
            return said.Refusal;
        }
        var text = MoodMessageText.Read(command.Type, said.Value);
        if (MoodMessageRules.RefuseContent(text, await policy.GetAsync()) is { } unfit)
        {
            return unfit;
        }
        Membership? tier = command.UserId is { } user
            ? (await grains().GetGrain<IUserProfileGrain>(user.Value).Get()).Membership
            : null;
        var mood = command.Heard ?? await HearAsync(command, text.Kept!);
        return await SealAsync(command, text.Kept!, messageId) is { } kept ? new MoodMessageDraft(kept, tier, mood)
            : command.UserId is null ? IdentityRefusals.ModelNotFound
            : ConversationRefusals.ConversationNotFound;
    }

    /// <summary>What the command says itself, as it would be kept; null when that is nothing, or its key was destroyed.</summary>
    public async Task<string?> SealAsync(SendMoodMessage command, string messageId) =>
        MoodMessageText.Read(command.Type, command.Content).Kept is { } text
            ? await SealAsync(command, text, messageId)
            : null;

    private async Task<string?> SealAsync(SendMoodMessage command, string text, string messageId)
    {
        var name = MoodMessageText.KeyNameOf(ConversationOf(command), command.ModelId.Value);
        return await keys.OpenAsync(name) is { } key ? MoodMessageText.Seal(key, text, messageId) : null;
    }

    private async Task<Refusal?> RefuseAsync(SendMoodMessage command)
    {
        if (ConversationOf(command) is { } id)
        {
            var side = command.Sender == MoodMessageSender.User ? Side.User : Side.Peer;
            return (await grains().GetGrain<IConversationGrain>(id.ToString()).CheckOpen(side)).Refusal;
        }
        return (await grains().GetGrain<IModelProfileGrain>(command.ModelId.Value).Get()).Refusal;
    }

    private async Task<Outcome<string>> SayAsync(SendMoodMessage command)
    {
        if (command is { Sender: MoodMessageSender.System, UserId: { } user })
        {
            return EscalationText.In((await grains().GetGrain<IUserProfileGrain>(user.Value).Get()).Language);
        }
        if (command.TemplateId is not { } template)
        {
            return command.Content ?? "";
        }
        var desk = grains().GetGrain<ITemplateDeskGrain>(ITemplateDeskGrain.OnlyKey);
        var rendered = await desk.RenderOne(new RenderOneTemplate(template, command.ModelId, command.UserId));
        // Messages are plain text, as people type it; templates make HTML.
        return rendered.Map(static one => WebUtility.HtmlDecode(one.Message));
    }

    /// <summary>Only users are listened to: what a model says is her work.</summary>
    private async Task<DetectedMood> HearAsync(SendMoodMessage command, string text) =>
        command.Sender == MoodMessageSender.User ? await detector.DetectAsync(text) : DetectedMood.Unknown;

    private static ConversationId? ConversationOf(SendMoodMessage command) =>
        command.UserId is { } user ? ConversationId.WithModel(command.ModelId, user) : null;
}
