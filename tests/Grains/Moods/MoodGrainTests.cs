using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.TestKit;

namespace Actors.Grains.Tests.Moods;

public sealed class MoodGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private static readonly Actor Root = new(ActorRole.Admin, "root", "198.51.100.1", "console");

    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "ID-3")]
    public async Task A_model_that_nobody_has_registered_is_not_found()
    {
        var mood = _engine.Grains.GetGrain<IMoodGrain>("nobody");

        Assert.Equal(IdentityRefusals.ModelNotFoundCode, (await mood.Get()).Refusal?.Code);
        Assert.Equal(IdentityRefusals.ModelNotFoundCode, (await mood.Update(By("nobody"))).Refusal?.Code);
        Assert.Equal(IdentityRefusals.ModelNotFoundCode, (await mood.History(10, 0)).Refusal?.Code);
    }

    [Fact, Trait("Spec", "ID-3")]
    public async Task A_model_changes_its_mood_only_after_accepting_the_terms()
    {
        var profile = await RegisterAsync("terms", accept: false);
        var mood = _engine.Grains.GetGrain<IMoodGrain>("terms");
        Assert.Equal(IdentityRefusals.TermsNotAcceptedCode, (await mood.Update(By("terms"))).Refusal?.Code);

        await profile.AcceptMoodTerms(new Actor(ActorRole.Model, "terms"));

        Assert.Null((await mood.Update(By("terms"))).Refusal);
    }

    [Fact, Trait("Spec", "MO-1")]
    public async Task A_new_model_is_neutral()
    {
        await RegisterAsync("fresh");

        var view = (await _engine.Grains.GetGrain<IMoodGrain>("fresh").Get()).Value!;

        Assert.Equal(
            (MoodState.Neutral, null, false, 0),
            (view.MoodState, view.CustomMessage, view.AutoRespond, view.ResponseDelay)
        );
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task An_acknowledged_change_survives_a_crash_at_once()
    {
        await RegisterAsync("crash");
        var before = (await _engine.Grains.GetGrain<IMoodGrain>("crash").Update(By("crash", "here to stay"))).Value;

        await _engine.CrashAsync();

        Assert.Equal(before, (await _engine.Grains.GetGrain<IMoodGrain>("crash").Get()).Value);
    }

    [Fact, Trait("Spec", "MO-3")]
    public async Task The_51st_change_is_refused_whatever_was_restarted_in_between()
    {
        await RegisterAsync("eager");
        var first = (await _engine.Grains.GetGrain<IMoodGrain>("eager").Update(By("eager"))).Value!;
        for (var change = 2; change <= 50; change++)
        {
            if (change == 20)
            {
                await _engine.DeactivateAllAsync();
            }
            if (change == 40)
            {
                await _engine.CrashAsync();
            }
            Assert.Null((await _engine.Grains.GetGrain<IMoodGrain>("eager").Update(By("eager"))).Refusal);
        }

        var refusal = (await _engine.Grains.GetGrain<IMoodGrain>("eager").Update(By("eager"))).Refusal;

        Assert.Equal(MoodRefusals.RateLimitExceededCode, refusal?.Code);
        Assert.Equal(first.LastUpdated.AddMinutes(60), refusal?.ResetTime);
    }

    [Fact, Trait("Spec", "MO-3")]
    public async Task Of_200_changes_at_once_50_are_accepted()
    {
        await RegisterAsync("storm");
        var mood = _engine.Grains.GetGrain<IMoodGrain>("storm");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => mood.Update(By("storm"))));

        Assert.Equal(50, outcomes.Count(static outcome => outcome.Refusal is null));
        Assert.Equal(50, (await mood.History(1, 0)).Value!.Total);
    }

    [Fact, Trait("Spec", "MO-4")]
    public async Task A_mood_resets_itself_at_its_time_is_logged_once_and_the_model_is_told()
    {
        await RegisterAsync("timed");
        var mood = _engine.Grains.GetGrain<IMoodGrain>("timed");
        await mood.Update(By("timed") with { ExpiresAt = _engine.Time.GetUtcNow().AddMinutes(10) });

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(10));

        var page = await _engine.EventuallyAsync(
            async () => (await mood.History(10, 0)).Value!,
            static page => page.Total == 2
        );
        Assert.Equal((ActorRole.System, MoodState.Neutral), (page.History[0].Actor.Role, page.History[0].MoodState));
        await AssertToldOnceAsync("timed", "mood_reset");
    }

    [Fact, Trait("Spec", "MO-4")]
    public async Task A_mood_that_expired_while_nothing_ran_is_neutral_at_the_first_read_and_logged_once()
    {
        await RegisterAsync("asleep");
        var expiresAt = _engine.Time.GetUtcNow().AddMinutes(5);
        await _engine.Grains.GetGrain<IMoodGrain>("asleep").Update(By("asleep") with { ExpiresAt = expiresAt });

        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromHours(3));
        await _engine.CrashAsync();

        var mood = _engine.Grains.GetGrain<IMoodGrain>("asleep");
        Assert.Equal(MoodState.Neutral, (await mood.Get()).Value!.MoodState);
        await _engine.DeactivateAllAsync();
        var page = (await mood.History(10, 0)).Value!;
        Assert.Equal(2, page.Total);
        Assert.Equal(expiresAt, page.History[0].ChangedAt);
        await AssertToldOnceAsync("asleep", "mood_reset");
    }

    [Fact, Trait("Spec", "MO-4")]
    public async Task A_mood_that_nobody_looks_at_again_still_resets_after_a_crash()
    {
        await RegisterAsync("forgotten");
        await _engine
            .Grains.GetGrain<IMoodGrain>("forgotten")
            .Update(By("forgotten") with { ExpiresAt = _engine.Time.GetUtcNow().AddMinutes(30) });

        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(31));

        // Only the inbox is asked: nobody touches the mood itself.
        await AssertToldOnceAsync("forgotten", "mood_reset");
    }

    [Fact, Trait("Spec", "MO-5")]
    public async Task History_is_paged_newest_first_with_the_total()
    {
        await RegisterAsync("pages");
        var mood = _engine.Grains.GetGrain<IMoodGrain>("pages");
        for (var change = 1; change <= 7; change++)
        {
            await mood.Update(By("pages", $"message {change}"));
        }

        var page = (await mood.History(3, 2)).Value!;

        Assert.Equal(7, page.Total);
        Assert.Equal(["message 5", "message 4", "message 3"], page.History.Select(static entry => entry.CustomMessage));
        Assert.Empty((await mood.History(3, 7)).Value!.History);
        Assert.Equal(
            ["message 1"],
            (await mood.History(3, 6)).Value!.History.Select(static entry => entry.CustomMessage)
        );
    }

    [Fact, Trait("Spec", "MO-6")]
    public async Task An_override_is_audited_with_its_reason_and_the_model_is_told_once_through_crashes()
    {
        await RegisterAsync("overridden");
        var mood = _engine.Grains.GetGrain<IMoodGrain>("overridden");

        var view = (await mood.Override(new OverrideMood(Root, MoodState.Negative, "Complaint 12"))).Value!;
        await _engine.CrashAsync();
        await _engine.CrashAsync();

        Assert.Equal((ActorRole.Admin, "Complaint 12"), (view.UpdatedBy, view.AdminReason));
        var entry = (await _engine.Grains.GetGrain<IMoodGrain>("overridden").History(1, 0)).Value!.History[0];
        Assert.Equal((Root, "Complaint 12"), (entry.Actor, entry.Reason));
        await AssertToldOnceAsync("overridden", "mood_overridden");
    }

    private async Task AssertToldOnceAsync(string model, string kind)
    {
        var told = await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<INotificationInboxGrain>(model).List(10, 0),
            static page => page.Total > 0
        );
        Assert.Equal([kind], told.Notifications.Select(static item => item.Kind));
    }

    private async Task<IModelProfileGrain> RegisterAsync(string model, bool accept = true)
    {
        var profile = _engine.Grains.GetGrain<IModelProfileGrain>(model);
        await profile.Register(new RegisterModel(Root, model));
        if (accept)
        {
            await profile.AcceptMoodTerms(new Actor(ActorRole.Model, model));
        }
        return profile;
    }

    private static UpdateMood By(string model, string? message = null) =>
        new(new Actor(ActorRole.Model, model), MoodState.Positive, message);
}
