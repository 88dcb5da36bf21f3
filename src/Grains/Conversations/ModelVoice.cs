using System.Globalization;
using System.Net;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Moods;
using Actors.Grains.Templates;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Conversations;

/// <summary>
/// What a model says without typing: her mood's templates, for this user. Whatever cannot be reached is stood in for by neutral
/// defaults, and the message says so.
/// </summary>
public sealed partial class ModelVoice(
    ConversationId id,
    Func<IGrainFactory> grains,
    QuietModels quiet,
    TimeProvider time,
    ILogger<ModelVoice> logger
)
{
    /// <summary>A mood that cannot be reached is asked again after this, when the reply is due.</summary>
    private const int SecondsToAskAgain = 5;

    // What tokens are called where a template asks for a currency before the amount.
    private const string Currency = "🪙";

    /// <summary>Seconds after which the model wants a reply to be given; null when she wants none.</summary>
    public async Task<int?> AskDelayAsync()
    {
        var question = quiet.Ask();
        var mood = await AskMoodAsync();
        if (mood is { Value.AutoRespond: false })
        {
            quiet.Add(id.PeerId, question);
        }
        return mood is null ? SecondsToAskAgain
            : mood.Value is { AutoRespond: true } found ? found.ResponseDelay
            : null;
    }

    /// <summary>Null when the model no longer wants one.</summary>
    public async Task<SpokenText?> ReplyAsync() =>
        await AskMoodAsync() is { } mood && mood.Value?.AutoRespond != true
            ? null
            : await SpeakAsync(TemplateType.AutoResponse, new TemplateValues());

    public Task<SpokenText> GreetAsync() => SpeakAsync(TemplateType.Greeting, new TemplateValues());

    public Task<SpokenText> ThankAsync(long tokens)
    {
        var amount = string.Create(CultureInfo.InvariantCulture, $"{tokens} {(tokens == 1 ? "token" : "tokens")}");
        return SpeakAsync(TemplateType.TipThankYou, new TemplateValues(Amount: amount, Currency: Currency));
    }

    /// <summary>Null when it does not answer.</summary>
    private async Task<Outcome<MoodView>?> AskMoodAsync()
    {
        try
        {
            return await grains().GetGrain<IMoodGrain>(id.PeerId).Get();
        }
        catch (Exception fault)
        {
            LogUnreachable(logger, fault, "mood");
            return null;
        }
    }

    private async Task<SpokenText> SpeakAsync(TemplateType type, TemplateValues values)
    {
        var query = new RenderMessage(ModelId.Parse(id.PeerId), type, null, UserId.Parse(id.UserId), values);
        try
        {
            var desk = grains().GetGrain<ITemplateDeskGrain>(ITemplateDeskGrain.OnlyKey);
            var answer = await desk.Render(query);
            if (answer.Value is { } message)
            {
                return Spoken(message.Rendered, message.Degraded);
            }
        }
        catch (Exception fault)
        {
            LogUnreachable(logger, fault, "template");
        }
        var facts = new MessageFacts(null, null, null, time.GetUtcNow());
        return Spoken(TemplateIndex.Shipped.Render(facts.Complete(query)).Value!, degraded: true);
    }

    // A conversation holds plain text, as people type it; templates make HTML.
    private static SpokenText Spoken(RenderedTemplate rendered, bool degraded) =>
        new(WebUtility.HtmlDecode(rendered.Message), new TemplateUse(rendered.TemplateId, rendered.Variant), degraded);

    [LoggerMessage(LogLevel.Warning, "No {Answer} came; a neutral default goes out")]
    private static partial void LogUnreachable(ILogger logger, Exception fault, string answer);
}

/// <param name="Use">What has made the text; null when no template has.</param>
public sealed record SpokenText(string Text, TemplateUse? Use, bool Degraded);
