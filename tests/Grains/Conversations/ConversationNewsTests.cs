using System.Text.Json;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Tests.Notifications.Webhooks;
using Actors.Journal;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Conversations;

/// <summary>What is told of a conversation outside of it: to the user's activity, and to apps.</summary>
public sealed class ConversationNewsTests : IAsyncLifetime
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    /// <summary>By then a silo knows of a subscription, whatever it knew before.</summary>
    private static readonly TimeSpan Moments =
        WebhookInterest.AskEvery + WebhookInterest.AnswerWithin + TimeSpan.FromSeconds(1);

    private readonly ScriptedSender _sender = new();
    private SimulatedGrainEngine _engine = null!;
    private string _rex = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { Configure = services => services.AddSingleton<IWebhookSender>(_sender) }
        );
        await _engine.Grains.GetGrain<IModelProfileGrain>("ana").Register(new RegisterModel(Root, "Ana"));
        _rex = (await _engine.Grains.GetGrain<IPetsGrain>("bo").Create(new CreatePet("Rex"))).Value!.Id;
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact, Trait("Spec", "AC-2")]
    public async Task A_flood_of_messages_is_one_activity_without_a_word_of_them_whatever_crashes()
    {
        for (var number = 0; number < 30; number++)
        {
            await SayAsync(WithAna, MessageSender.User, $"secret {number}");
            if (number % 10 == 5)
            {
                await _engine.CrashAsync();
            }
        }
        await SayAsync(WithAna, MessageSender.Model, "secret too");
        await SayAsync(WithRex, MessageSender.User, "sit");

        var found = await _engine.EventuallyAsync(ActivitiesAsync, static found => found.Count == 2);

        Assert.All(found, static one => Assert.Equal("chat", one.Entry.Action));
        var social = Assert.Single(found, static one => one.Entry.Category == ActivityCategory.Social);
        Assert.Equal("""{"modelId":"ana"}""", social.Entry.Details);
        Assert.Equal(ActorRole.System, social.Source);
        Assert.Equal(_rex, Assert.Single(found, static one => one.Entry.Category == ActivityCategory.Pet).Entry.PetId);
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, (await ActivitiesAsync()).Count);
        await SayAsync(WithAna, MessageSender.User, "still there?");
        await _engine.EventuallyAsync(ActivitiesAsync, static found => found.Count == 3);
    }

    [Fact, Trait("Spec", "NO-2")]
    public async Task Apps_are_told_once_who_has_written_and_read_and_nothing_of_what_was_said()
    {
        await SubscribeAsync(WebhookEventTypes.MessageSent, WebhookEventTypes.MessageRead);
        await SayAsync(WithAna, MessageSender.User, "a secret");
        await _engine.AdvanceAsync(Moments);
        await SayAsync(WithAna, MessageSender.Model, "another secret", replyTo: 1);
        await _engine.CrashAsync();
        await Conversation(WithAna).MarkRead(new MarkMessagesRead(Side.User, [3]));
        await Conversation(WithAna).MarkRead(new MarkMessagesRead(Side.Peer, null));
        await _engine.CrashAsync();
        await SayAsync(WithRex, MessageSender.User, "sit");

        await _engine.EventuallyAsync(() => Bodies().Any(body => Has(body, "petId", _rex)));
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));

        var byId = _sender.Requests.ToLookup(static request => request.EventId, static request => request.Body);
        Assert.All(byId, static same => Assert.Single(same.Distinct()));
        Assert.All(byId, static same => Assert.DoesNotContain('.', same.Key));
        Assert.DoesNotContain(
            _sender.Requests,
            static request => request.Body.Contains("secret", StringComparison.Ordinal)
        );
        var answer = Assert.Single(
            Bodies(),
            static body => Has(body, "sender", "model") && !body.TryGetProperty("automated", out _)
        );
        Assert.True(Has(answer, "messageId", "model.ana.bo.3") && Has(answer, "replyTo", "model.ana.bo.1"));
        Assert.Contains(Bodies(), static body => Has(body, "automated", "greeting"));
        var read = Assert.Single(Bodies(), static body => Has(body, "by", "user"));
        Assert.Equal("""["model.ana.bo.3"]""", read.GetProperty("messageIds").GetRawText());
        var all = Assert.Single(Bodies(), static body => Has(body, "by", "model"));
        Assert.Equal("[]", all.GetProperty("messageIds").GetRawText());
        Assert.Equal("model.ana.bo.3", all.GetProperty("upTo").GetString());
    }

    [Fact, Trait("Spec", "NO-2")]
    public async Task Where_nobody_listens_a_message_is_written_as_it_always_was()
    {
        await SayAsync(WithAna, MessageSender.User, "one");
        await _engine.AdvanceAsync(Moments);

        await SayAsync(WithAna, MessageSender.User, "two");

        var newest = await _engine.Journal.ReadBackwardAsync(
            StreamId.Parse($"conversation/{WithAna}"),
            long.MaxValue,
            3
        );
        Assert.DoesNotContain(
            newest,
            static one => System.Text.Encoding.UTF8.GetString(one.Json.Span).Contains("told", StringComparison.Ordinal)
        );
        Assert.Empty(_sender.Requests);
    }

    private static ConversationId WithAna => ConversationId.WithModel(ModelId.Parse("ana"), UserId.Parse("bo"));

    private ConversationId WithRex => ConversationId.WithPet(_rex, UserId.Parse("bo"));

    private static bool Has(JsonElement body, string member, string value) =>
        body.TryGetProperty(member, out var found) && found.ToString() == value;

    /// <summary>Of each event once, however often it was tried.</summary>
    private List<JsonElement> Bodies() =>
        [
            .. _sender
                .Requests.DistinctBy(static request => request.EventId)
                .Select(static request => JsonDocument.Parse(request.Body).RootElement),
        ];

    private IConversationGrain Conversation(ConversationId id) =>
        _engine.Grains.GetGrain<IConversationGrain>(id.ToString());

    private async Task SayAsync(ConversationId id, MessageSender sender, string text, long? replyTo = null) =>
        Assert.Null((await Conversation(id).Send(new SendMessage(sender, text, replyTo))).Refusal);

    private async Task<IReadOnlyList<ActivityView>> ActivitiesAsync()
    {
        var page = await _engine
            .Grains.GetGrain<IActivityGrain>("bo")
            .List(new ListActivity(30, null, "chat", null, 100, 0));
        return page.Value!.Activities;
    }

    private async Task SubscribeAsync(params string[] types)
    {
        var command = new ConfigureWebhook(
            Root,
            "https://hooks.example.com/",
            types,
            Secret: null,
            SecretIfNew: WebhookSecret.Of(new byte[WebhookSecret.LeastBytes])
        );
        Assert.Null((await _engine.Grains.GetGrain<IWebhookGrain>("crm").Configure(command)).Refusal);
    }
}
