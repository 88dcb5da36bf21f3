using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.Grains.Moods;

namespace Actors.Grains.Tests.Moods;

public sealed class MoodRulesTests
{
    private static readonly MoodOptions Defaults = new();
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ana = new(ActorRole.Model, "ana", "203.0.113.7", "app/1.0");
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    [Fact, Trait("Spec", "MO-1")]
    public void A_mood_that_nobody_has_set_is_neutral()
    {
        var mood = MoodRules.At(Mood.Neutral, Now);

        Assert.Equal(MoodState.Neutral, mood.State);
        Assert.Null(mood.LastUpdated);
    }

    [Fact, Trait("Spec", "MO-2")]
    public void A_change_carries_every_member_into_the_state()
    {
        var expiresAt = Now.AddHours(2);
        var mood = Apply(
            Mood.Neutral,
            Now,
            new UpdateMood(
                Ana,
                MoodState.Positive,
                "Feeling great today!",
                AutoRespond: true,
                ResponseDelay: 30,
                expiresAt
            )
        );

        Assert.Equal(
            (MoodState.Positive, "Feeling great today!", true, 30, (DateTimeOffset?)expiresAt, (DateTimeOffset?)Now),
            (mood.State, mood.CustomMessage, mood.AutoRespond, mood.ResponseDelay, mood.ExpiresAt, mood.LastUpdated)
        );
        Assert.Equal(ActorRole.Model, mood.UpdatedBy);
    }

    [Theory, Trait("Spec", "MO-2")]
    [InlineData((MoodState)3, null, 0, null, MoodRefusals.InvalidMoodStateCode)]
    [InlineData((MoodState)(-1), null, 0, null, MoodRefusals.InvalidMoodStateCode)]
    [InlineData(MoodState.Positive, 201, 0, null, MoodRefusals.InvalidCustomMessageCode)]
    [InlineData(MoodState.Positive, null, -1, null, MoodRefusals.InvalidResponseDelayCode)]
    [InlineData(MoodState.Positive, null, 301, null, MoodRefusals.InvalidResponseDelayCode)]
    [InlineData(MoodState.Positive, null, 0, 0, MoodRefusals.InvalidExpiresAtCode)]
    [InlineData(MoodState.Positive, null, 0, -5, MoodRefusals.InvalidExpiresAtCode)]
    public void A_change_outside_the_limits_is_refused_by_its_own_code(
        MoodState state,
        int? messageLength,
        int delay,
        int? expiresInSeconds,
        string code
    )
    {
        var command = new UpdateMood(
            Ana,
            state,
            messageLength is { } length ? new string('x', length) : null,
            ResponseDelay: delay,
            ExpiresAt: expiresInSeconds is { } seconds ? Now.AddSeconds(seconds) : null
        );

        Assert.Equal(code, MoodRules.Decide(Mood.Neutral, command, Now, Defaults).Refusal?.Code);
    }

    [Theory, Trait("Spec", "MO-2")]
    [InlineData(200, 0)]
    [InlineData(0, 300)]
    public void A_change_at_the_limits_is_accepted(int messageLength, int delay)
    {
        var command = new UpdateMood(Ana, MoodState.Negative, new string('x', messageLength), ResponseDelay: delay);

        Assert.Null(MoodRules.Decide(Mood.Neutral, command, Now, Defaults).Refusal);
    }

    [Fact, Trait("Spec", "MO-3")]
    public void The_51st_change_within_60_minutes_is_refused_until_the_oldest_has_left_the_window()
    {
        var mood = Mood.Neutral;
        for (var change = 0; change < 50; change++)
        {
            mood = Apply(mood, Now.AddMinutes(change), new UpdateMood(Ana, MoodState.Positive));
        }
        var again = new UpdateMood(Ana, MoodState.Neutral);

        var refusal = MoodRules.Decide(mood, again, Now.AddMinutes(60).AddTicks(-1), Defaults).Refusal;
        Assert.Equal(MoodRefusals.RateLimitExceededCode, refusal?.Code);
        Assert.Equal(Now.AddMinutes(60), refusal?.ResetTime);
        Assert.Null(MoodRules.Decide(mood, again, Now.AddMinutes(60), Defaults).Refusal);
    }

    [Fact, Trait("Spec", "MO-3")]
    public void Another_limit_may_be_set_and_is_named_when_it_is_reached()
    {
        var twice = new MoodOptions { ChangesPerHour = 2 };
        var command = new UpdateMood(Ana, MoodState.Positive);
        var mood = Apply(Apply(Mood.Neutral, Now, command), Now, command);

        var refusal = MoodRules.Decide(mood, command, Now, twice).Refusal;

        Assert.Equal(MoodRefusals.RateLimitExceededCode, refusal?.Code);
        Assert.Equal("Maximum 2 mood changes per hour exceeded", refusal?.Message);
    }

    [Fact, Trait("Spec", "MO-3")]
    public void The_window_rolls_so_that_room_appears_change_by_change()
    {
        var mood = Mood.Neutral;
        for (var change = 0; change < 50; change++)
        {
            mood = Apply(mood, Now.AddMinutes(change), new UpdateMood(Ana, MoodState.Positive));
        }

        mood = Apply(mood, Now.AddMinutes(60), new UpdateMood(Ana, MoodState.Negative));

        var refusal = MoodRules
            .Decide(mood, new UpdateMood(Ana, MoodState.Neutral), Now.AddMinutes(60), Defaults)
            .Refusal;
        Assert.Equal(Now.AddMinutes(61), refusal?.ResetTime);
    }

    [Fact, Trait("Spec", "MO-3")]
    public void Overrides_and_expiries_do_not_count_against_the_limit()
    {
        var mood = Mood.Neutral;
        for (var change = 0; change < 60; change++)
        {
            mood = Apply(
                mood,
                Now,
                new OverrideMood(Root, MoodState.Negative, "calm down", ExpiresAt: Now.AddSeconds(1))
            );
            mood = MoodRules.Evolve(mood, MoodRules.DecideExpiry(mood, Now.AddSeconds(1))!);
        }

        Assert.Empty(mood.RecentChanges);
        Assert.Null(MoodRules.Decide(mood, new UpdateMood(Ana, MoodState.Positive), Now, Defaults).Refusal);
    }

    [Fact, Trait("Spec", "MO-4")]
    public void An_expired_mood_is_neutral_from_that_moment_even_before_it_is_written_down()
    {
        var mood = Apply(Mood.Neutral, Now, new UpdateMood(Ana, MoodState.Negative, "busy", true, 60, Now.AddHours(1)));

        Assert.Equal(MoodState.Negative, MoodRules.At(mood, Now.AddHours(1).AddTicks(-1)).State);
        var after = MoodRules.At(mood, Now.AddHours(1));
        Assert.Equal(
            (MoodState.Neutral, null, false, 0),
            (after.State, after.CustomMessage, after.AutoRespond, after.ResponseDelay)
        );
        Assert.Equal(Now.AddHours(1), after.LastUpdated);
    }

    [Fact, Trait("Spec", "MO-4")]
    public void A_change_after_a_missed_expiry_writes_the_expiry_down_first()
    {
        var mood = Apply(Mood.Neutral, Now, new UpdateMood(Ana, MoodState.Negative, ExpiresAt: Now.AddHours(1)));

        var events = MoodRules.Decide(mood, new UpdateMood(Ana, MoodState.Positive), Now.AddHours(3), Defaults).Value;

        Assert.Collection(
            events,
            first => Assert.Equal(new MoodExpired(Now.AddHours(1), MoodState.Negative), first),
            second => Assert.Equal((MoodState.Neutral, MoodState.Positive), (second.PreviousState, second.State))
        );
    }

    [Theory, Trait("Spec", "MO-6")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u200B")]
    public void An_override_without_a_reason_is_refused(string reason)
    {
        var outcome = MoodRules.Decide(Mood.Neutral, new OverrideMood(Root, MoodState.Neutral, reason), Now);

        Assert.Equal(MoodRefusals.ReasonRequiredCode, outcome.Refusal?.Code);
    }

    [Fact, Trait("Spec", "MO-6")]
    public void An_override_is_kept_with_the_admin_and_the_reason_and_the_model_is_told()
    {
        var events = MoodRules
            .Decide(Mood.Neutral, new OverrideMood(Root, MoodState.Negative, "complaint 12"), Now)
            .Value;

        var entry = MoodAudit.Entry(1, events[0]);
        Assert.Equal((Root, "complaint 12"), (entry.Actor, entry.Reason));
        Assert.Equal("mood_overridden", MoodAudit.NotificationFor(events[0])?.Kind);
    }

    private static Mood Apply(Mood mood, DateTimeOffset now, UpdateMood command) =>
        MoodRules.Decide(mood, command, now, Defaults).Value.Aggregate(mood, MoodRules.Evolve);

    private static Mood Apply(Mood mood, DateTimeOffset now, OverrideMood command) =>
        MoodRules.Decide(mood, command, now).Value.Aggregate(mood, MoodRules.Evolve);
}
