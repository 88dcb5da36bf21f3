using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Performers;

namespace Actors.Grains.Tests.Performers;

/// <summary>A performer who is always open, one hour's notice and two months ahead, and what is done with her.</summary>
internal static class Stagehand
{
    public static readonly Actor Admin = new(ActorRole.Admin, "root");

    public static readonly DateTimeOffset Noon = Calendars.Utc("2026-06-01T12:00");

    public static SetPerformer Open(int before = 0, int after = 0) =>
        new(
            Admin,
            "Ana",
            "UTC",
            Calendars.EveryDay("00:00-24:00"),
            Durations: [30, 60],
            BasePrice: new Money(Money.TokenCurrency, 100),
            BufferBefore: before,
            BufferAfter: after
        );

    public static Performer New(SetPerformer? settings = null, DateTimeOffset? at = null) =>
        PerformerRules.Evolve(
            Performer.Nobody,
            PerformerRules.Decide(Performer.Nobody, settings ?? Open(), "Ana", at ?? Noon).Value!
        );

    public static HoldTime Hold(
        string booking,
        DateTimeOffset start,
        int minutes = 30,
        DateTimeOffset? until = null,
        string? insteadOf = null
    ) => new(booking, start, minutes, CallType.Video, until ?? Noon.AddMinutes(10), insteadOf);

    public static ConfirmTime Confirm(string booking, DateTimeOffset start, int minutes = 30) =>
        new(booking, start, minutes, CallType.Video);

    /// <summary>The performer after a decision, which must not have been refused.</summary>
    public static Performer After(this Performer performer, HoldTime command, DateTimeOffset? now = null) =>
        After(performer, TimeRules.Decide(performer, command, 15, now ?? Noon));

    public static Performer After(this Performer performer, ConfirmTime command, DateTimeOffset? now = null) =>
        After(performer, TimeRules.Decide(performer, command, now ?? Noon));

    public static Performer After(this Performer performer, MoveTime command, DateTimeOffset? now = null) =>
        After(performer, TimeRules.Decide(performer, command, 15, now ?? Noon));

    public static Performer After(Performer performer, GrainInterfaces.Outcomes.Outcome<TimeTaken?> decision)
    {
        Assert.Null(decision.Refusal);
        return decision.Value is null ? performer : PerformerRules.Evolve(performer, decision.Value);
    }
}
