using System.Collections.Immutable;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Texts;

namespace Actors.Grains.Moods;

/// <summary>Everything that is decided about a mood. Pure: knows no grain, no clock, no storage.</summary>
public static class MoodRules
{
    public const int MaxMessageLength = 200;
    public const int MaxResponseDelay = 300;
    public const int MaxReasonLength = 500;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(60);

    /// <summary>The events that a model's own change leads to; an expiry that is due comes first.</summary>
    public static Outcome<ImmutableArray<MoodEvent>> Decide(
        Mood mood,
        UpdateMood command,
        DateTimeOffset now,
        MoodOptions options
    )
    {
        var current = At(mood, now);
        var message = PlainText.Read(command.CustomMessage, MaxMessageLength);
        var refusal =
            Refuse(command.MoodState, message, command.ExpiresAt, now)
            ?? (command.ResponseDelay is < 0 or > MaxResponseDelay ? MoodRefusals.InvalidResponseDelay : null)
            ?? RefuseByLimit(mood, now, options.ChangesPerHour);
        if (refusal is not null)
        {
            return refusal;
        }
        var set = new MoodSet(
            now,
            current.State,
            command.MoodState,
            message.Kept,
            command.AutoRespond,
            command.ResponseDelay,
            command.ExpiresAt,
            command.Actor
        );
        return AfterExpiry(mood, now, set);
    }

    /// <summary>The events that an admin's override leads to. It counts against no limit.</summary>
    public static Outcome<ImmutableArray<MoodEvent>> Decide(Mood mood, OverrideMood command, DateTimeOffset now)
    {
        var current = At(mood, now);
        var message = PlainText.Read(command.CustomMessage, MaxMessageLength);
        var reason = PlainText.Read(command.Reason, MaxReasonLength).Kept;
        var refusal =
            Refuse(command.MoodState, message, command.ExpiresAt, now)
            ?? (reason is null ? MoodRefusals.ReasonRequired : null);
        if (refusal is not null)
        {
            return refusal;
        }
        var overridden = new MoodOverridden(
            now,
            current.State,
            command.MoodState,
            message.Kept,
            command.AutoRespond,
            command.ExpiresAt,
            command.Actor,
            reason!
        );
        return AfterExpiry(mood, now, overridden);
    }

    /// <summary>Why a change may not be saved for what it says; null when it may.</summary>
    public static Refusal? RefuseContent(ImmutableArray<MoodEvent> events, ProhibitedContent prohibited) =>
        events.Any(@event => prohibited.IsIn(MessageOf(@event))) ? MoodRefusals.ProhibitedCustomMessage : null;

    /// <summary>The expiry that is due by now, if any.</summary>
    public static MoodExpired? DecideExpiry(Mood mood, DateTimeOffset now) =>
        mood.ExpiresAt is { } expiresAt && expiresAt <= now ? new MoodExpired(expiresAt, mood.State) : null;

    public static Mood Evolve(Mood mood, MoodEvent @event) =>
        @event switch
        {
            MoodSet set => new Mood(
                set.State,
                set.CustomMessage,
                set.AutoRespond,
                set.ResponseDelay,
                set.ExpiresAt,
                set.At,
                ActorRole.Model,
                null,
                StillCounting(mood.RecentChanges, set.At).Add(set.At)
            ),
            MoodOverridden overridden => new Mood(
                overridden.State,
                overridden.CustomMessage,
                overridden.AutoRespond,
                0,
                overridden.ExpiresAt,
                overridden.At,
                ActorRole.Admin,
                overridden.Reason,
                mood.RecentChanges
            ),
            MoodExpired expired => Mood.Neutral with
            {
                LastUpdated = expired.At,
                UpdatedBy = mood.UpdatedBy,
                RecentChanges = mood.RecentChanges,
            },
            MoodErased => Mood.Neutral,
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    /// <summary>The mood as it is at a moment, also before the expiry has been written down.</summary>
    public static Mood At(Mood mood, DateTimeOffset now) =>
        DecideExpiry(mood, now) is { } expired ? Evolve(mood, expired) : mood;

    private static string? MessageOf(MoodEvent @event) =>
        @event switch
        {
            MoodSet set => set.CustomMessage,
            MoodOverridden overridden => overridden.CustomMessage,
            _ => null,
        };

    private static Refusal? Refuse(MoodState state, PlainText message, DateTimeOffset? expiresAt, DateTimeOffset now) =>
        !Enum.IsDefined(state) ? MoodRefusals.InvalidMoodState
        : message.IsTooLong ? MoodRefusals.InvalidCustomMessage
        : expiresAt <= now ? MoodRefusals.InvalidExpiresAt
        : null;

    private static Refusal? RefuseByLimit(Mood mood, DateTimeOffset now, int changesPerHour)
    {
        var counting = StillCounting(mood.RecentChanges, now);
        return counting.Count >= changesPerHour
            ? MoodRefusals.RateLimitExceeded(changesPerHour, counting[0] + Window)
            : null;
    }

    /// <summary>The changes of the rolling window: one that is exactly 60 minutes old has left it.</summary>
    private static ImmutableList<DateTimeOffset> StillCounting(
        ImmutableList<DateTimeOffset> changes,
        DateTimeOffset now
    ) => changes.RemoveRange(0, changes.TakeWhile(change => change <= now - Window).Count());

    private static Outcome<ImmutableArray<MoodEvent>> AfterExpiry(Mood mood, DateTimeOffset now, MoodEvent change) =>
        DecideExpiry(mood, now) is { } expired
            ? ImmutableArray.Create<MoodEvent>(expired, change)
            : ImmutableArray.Create(change);
}
