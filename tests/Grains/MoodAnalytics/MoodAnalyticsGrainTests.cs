using System.Text.Json;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Tests.Notifications.Webhooks;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.MoodAnalytics;

[Trait("Spec", "MO-9")]
public sealed class MoodAnalyticsGrainTests : IAsyncLifetime
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private readonly ScriptedSender _sender = new();
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { Configure = services => services.AddSingleton<IWebhookSender>(_sender) }
        );
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task The_report_adds_up_every_shard_and_is_the_same_after_crashes_and_restarts()
    {
        for (var model = 0; model < 20; model++)
        {
            await RegisterAsync($"model-{model}");
        }
        for (var model = 0; model < 10; model++)
        {
            await UpdateAsync($"model-{model}", MoodState.Positive);
            await UpdateAsync($"model-{model}", model < 4 ? MoodState.Negative : MoodState.Positive);
        }
        await Mood("model-19").Override(new OverrideMood(Root, MoodState.Negative, "Complaint"));

        var report = await ReportAsync(static report => report.ChangesPerDay.Sum(static day => day.Changes) == 21);

        var today = DateOnly.FromDateTime(_engine.Time.GetUtcNow().UtcDateTime);
        Assert.Equal(new MoodDistribution(9, 6, 5), report.Distribution);
        Assert.Equal([new MoodDay(today, 21, 11)], report.ChangesPerDay);
        Assert.Equal(new MoodAdoption(20, 10, 0.5), report.Adoption);
        Assert.Equal(0.07, report.AverageChangesPerModelPerDay);
        await _engine.CrashAsync();
        AssertSame(report, await ReportAsync());
        await _engine.DeactivateAllAsync();
        AssertSame(report, await ReportAsync());
    }

    [Fact]
    public async Task A_change_that_arrives_again_is_counted_once()
    {
        var feed = _engine.Grains.GetGrain<IMoodFeedGrain>(Shards.Of("ana"));
        var now = _engine.Time.GetUtcNow();
        var change = new MoodChange("ana", 1, MoodState.Neutral, MoodState.Positive, now, ByModel: true);

        await feed.Receive([new(new Delivery("mood/ana", 256), change)]);
        await feed.Receive([new(new Delivery("mood/ana", 256), change)]);
        await _engine.CrashAsync();
        await _engine
            .Grains.GetGrain<IMoodFeedGrain>(Shards.Of("ana"))
            .Receive([new(new Delivery("mood/ana", 256), change)]);

        Assert.Equal(1, (await ReportAsync()).ChangesPerDay.Single().Changes);
    }

    [Fact]
    public async Task Changes_on_their_way_at_a_crash_are_counted_once_they_arrive()
    {
        await RegisterAsync("ana");
        for (var round = 0; round < 5; round++)
        {
            await UpdateAsync("ana", round % 2 == 0 ? MoodState.Positive : MoodState.Negative);
            await _engine.CrashAsync();
        }

        var report = await ReportAsync(static report => report.ChangesPerDay.Sum(static day => day.Changes) == 5);
        Assert.Equal(new MoodDistribution(0, 1, 0), report.Distribution);
    }

    [Fact]
    public async Task An_expiry_is_a_change_to_neutral_on_its_own_day()
    {
        await RegisterAsync("ana");
        var expiresAt = _engine.Time.GetUtcNow().AddDays(1);
        await UpdateAsync("ana", MoodState.Positive, expiresAt);

        await _engine.AdvanceAsync(TimeSpan.FromDays(1));

        var report = await ReportAsync(static report => report.ChangesPerDay.Count == 2);
        Assert.Equal(new MoodDistribution(1, 0, 0), report.Distribution);
        var narrowed = await Analytics.Report(null, null, "somebody-else");
        Assert.Empty(narrowed.Value!.ChangesPerDay);
    }

    [Fact]
    public async Task Template_use_and_the_engagement_of_automatic_answers_are_reported()
    {
        var desk = _engine.Grains.GetGrain<ITemplateDeskGrain>(ITemplateDeskGrain.OnlyKey);
        await RegisterAsync("ana");
        var values = new RenderMessage(
            ModelId.Parse("ana"),
            TemplateType.AutoResponse,
            null,
            UserId.Parse("bo"),
            new TemplateValues()
        );
        for (var use = 0; use < 4; use++)
        {
            var answer = (await desk.Render(values)).Value!;
            if (use == 0)
            {
                var rendered = answer.Rendered;
                await desk.RecordOutcome(
                    new RecordTemplateOutcome(rendered.TemplateId, rendered.Variant, Success: true)
                );
            }
        }

        var report = await ReportAsync(static report => report.AutoResponse is { Rendered: 4, Successes: 1 });

        Assert.Equal(0.25, report.AutoResponse.Rate);
        var use4 = report.TemplateUse.Single(static use => use.Count > 0);
        Assert.Equal(
            (TemplateType.AutoResponse, MoodState.Neutral, 4),
            (use4.TemplateType, use4.MoodState, use4.Count)
        );
        Assert.Equal(12, report.TemplateUse.Count);
    }

    [Fact, Trait("Spec", "NO-2")]
    public async Task Subscribed_webhooks_hear_of_every_change_of_state_once_also_through_a_crash()
    {
        await RegisterAsync("ana");
        var subscriber = _engine.Grains.GetGrain<IWebhookGrain>("app");
        await subscriber.Configure(
            new ConfigureWebhook(
                Root,
                "https://hooks.example/",
                [WebhookEventTypes.MoodChanged],
                null,
                "0123456789abcdef"
            )
        );
        await SettleAsync();

        await UpdateAsync("ana", MoodState.Positive);
        await _engine.CrashAsync();
        await UpdateAsync("ana", MoodState.Positive);
        await UpdateAsync("ana", MoodState.Negative);
        await _engine.EventuallyAsync(async () =>
            (await _engine.Grains.GetGrain<IWebhookGrain>("app").Get()).Value!.Delivered == 2
        );

        var bodies = _sender
            .Requests.Select(static request => JsonSerializer.Deserialize<JsonElement>(request.Body))
            .ToList();
        Assert.Equal(["mood-ana-1", "mood-ana-3"], _sender.Requests.Select(static request => request.EventId));
        Assert.Equal(
            ["eventType", "modelId", "previousState", "newState", "timestamp"],
            bodies[0].EnumerateObject().Select(static member => member.Name)
        );
        Assert.Equal(
            [("neutral", "positive"), ("positive", "negative")],
            bodies.Select(static body =>
                (body.GetProperty("previousState").GetString(), body.GetProperty("newState").GetString())
            )
        );
    }

    private IMoodAnalyticsGrain Analytics => _engine.Grains.GetGrain<IMoodAnalyticsGrain>(IMoodAnalyticsGrain.Key);

    /// <summary>Lets every outbox run dry: an activation ends in good order only when its effects have arrived.</summary>
    private async Task SettleAsync()
    {
        for (var hop = 0; hop < 3; hop++)
        {
            await _engine.DeactivateAllAsync();
        }
    }

    private async Task<MoodAnalyticsReport> ReportAsync(Func<MoodAnalyticsReport, bool>? isThere = null) =>
        await _engine.EventuallyAsync(
            async () => (await Analytics.Report(null, null)).Value!,
            isThere ?? (static _ => true)
        );

    private static void AssertSame(MoodAnalyticsReport expected, MoodAnalyticsReport actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));

    private IMoodGrain Mood(string model) => _engine.Grains.GetGrain<IMoodGrain>(model);

    private async Task UpdateAsync(string model, MoodState state, DateTimeOffset? expiresAt = null)
    {
        var command = new UpdateMood(new Actor(ActorRole.Model, model), state, ExpiresAt: expiresAt);
        Outcome<MoodView> outcome = await Mood(model).Update(command);
        Assert.Null(outcome.Refusal);
    }

    private async Task RegisterAsync(string model)
    {
        var profile = _engine.Grains.GetGrain<IModelProfileGrain>(model);
        await profile.Register(new RegisterModel(Root, model));
        await profile.AcceptMoodTerms(new Actor(ActorRole.Model, model));
    }
}
