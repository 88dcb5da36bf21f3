using System.Diagnostics.Metrics;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Operations;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Templates;

public sealed class TemplateDegradationGrainTests : IAsyncLifetime
{
    private readonly UnreachableGrains _unreachable = new();
    private SimulatedGrainEngine _engine = null!;

    private ITemplateDeskGrain Desk => _engine.Grains.GetGrain<ITemplateDeskGrain>(ITemplateDeskGrain.OnlyKey);

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                Configure = services => services.AddSingleton<IIncomingGrainCallFilter>(_unreachable),
            }
        );
        var profile = _engine.Grains.GetGrain<IModelProfileGrain>("ana");
        await profile.Register(new RegisterModel(Drafts.Root, "Ana"));
        await profile.AcceptMoodTerms(new Actor(ActorRole.Model, "ana"));
        await _engine
            .Grains.GetGrain<IMoodGrain>("ana")
            .Update(new UpdateMood(new Actor(ActorRole.Model, "ana"), MoodState.Positive));
    }

    public ValueTask DisposeAsync()
    {
        _unreachable.End();
        return _engine.DisposeAsync();
    }

    [Fact, Trait("Spec", "TE-5")]
    public async Task Without_the_mood_a_neutral_template_answers_marked_degraded()
    {
        _unreachable.Fail<IMoodGrain>();

        var found = (await Desk.Find(Find)).Value!;
        var rendered = (await Desk.Render(Render)).Value!;

        Assert.Equal((MoodState.Neutral, true), (found.Match.MoodState, found.Degraded));
        Assert.Equal((MoodState.Neutral, true), (rendered.Rendered.MoodState, rendered.Degraded));
    }

    [Fact, Trait("Spec", "TE-5")]
    public async Task Without_the_catalog_the_shipped_neutral_default_answers_marked_degraded()
    {
        _unreachable.Fail<ITemplateCatalogGrain>();

        var found = (await Desk.Find(Find)).Value!;
        var rendered = (await Desk.Render(Render)).Value!;

        Assert.Equal(("neutral-greeting", true), (found.Match.TemplateId, found.Degraded));
        Assert.Equal(("neutral-greeting", true), (rendered.Rendered.TemplateId, rendered.Degraded));
        Assert.Contains("bo", rendered.Rendered.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "TE-5")]
    public async Task Without_the_profiles_the_message_calls_people_by_their_ids()
    {
        _unreachable.Fail<IModelProfileGrain>();
        _unreachable.Fail<IUserProfileGrain>();
        _unreachable.Fail<IMoodGrain>();

        var rendered = (await Desk.Render(Render)).Value!;

        Assert.True(rendered.Degraded);
        Assert.Contains("ana", rendered.Rendered.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "TE-5")]
    public async Task A_mood_that_does_not_answer_is_waited_for_two_seconds()
    {
        _unreachable.Hang<IMoodGrain>();

        var finding = Desk.Find(Find);
        var answered = await _engine.EventuallyAsync(
            async () =>
            {
                await _engine.AdvanceAsync(TimeSpan.FromMilliseconds(100));
                return finding.IsCompleted;
            },
            static completed => completed
        );

        Assert.True(answered);
        Assert.True((await finding).Value!.Degraded);
    }

    [Fact, Trait("Spec", "TE-4")]
    public async Task Counts_that_cannot_be_reached_hold_up_neither_messages_nor_the_list()
    {
        _unreachable.Fail<ITemplateUsageGrain>();

        var rendered = (await Desk.Render(Render)).Value!;
        var report = await Desk.Report(new ListTemplates(100));

        Assert.Equal(("positive-greeting", false), (rendered.Rendered.TemplateId, rendered.Degraded));
        Assert.NotEmpty(report.Rows);
        Assert.All(report.Rows, static row => Assert.Null(row.Usage));
    }

    [Fact, Trait("Spec", "OP-2")]
    public async Task Renders_and_failures_are_metered()
    {
        long renders = 0;
        long failures = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == GrainMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, amount, _, _) =>
            {
                if (instrument.Name == "actors.template.render_failures")
                {
                    Interlocked.Add(ref failures, amount);
                }
                else if (instrument.Name == "actors.template.renders")
                {
                    Interlocked.Add(ref renders, amount);
                }
            }
        );
        listener.Start();

        await Desk.Render(Render);
        await Desk.Render(Render with { UserId = null });

        // Other tests meter as well.
        Assert.True(Interlocked.Read(ref renders) >= 1);
        Assert.True(Interlocked.Read(ref failures) >= 1);
    }

    private static FindTemplate Find { get; } =
        new(ModelId.Parse("ana"), TemplateType.Greeting, null, UserId.Parse("bo"));

    private static RenderMessage Render { get; } =
        new(ModelId.Parse("ana"), TemplateType.Greeting, null, UserId.Parse("bo"), new TemplateValues());
}
