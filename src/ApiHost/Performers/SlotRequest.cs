using System.Globalization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using NodaTime;

namespace Actors.ApiHost.Performers;

/// <summary>What is asked for when somebody looks for free times.</summary>
internal sealed record SlotRequest(SlotQuery Query, DateTimeZone Zone)
{
    private const int DaysUnlessAsked = 7;

    /// <summary>A range may end a day later than its days say, for a day can have 25 hours.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(PerformerLimits.MaxSlotDays) + TimeSpan.FromHours(1);

    private static readonly Refusal InvalidRange = new(
        CommonRefusals.InvalidDateRangeCode,
        $"from and to are times with their zone or dates, to after from and at most {PerformerLimits.MaxSlotDays} days later."
    );

    public static Outcome<SlotRequest> Read(
        Call call,
        PerformerView performer,
        string? zoneOtherwise,
        DateTimeOffset now
    )
    {
        var given = call.Http.Request.Query;
        var zone = given.ContainsKey("timeZone")
            ? LocalTimes.Find(call.Query("timeZone"))
            : LocalTimes.Find(zoneOtherwise) ?? DateTimeZone.Utc;
        if (zone is null)
        {
            return PerformerRefusals.InvalidTimeZone;
        }
        if (Minutes(call, performer.Durations[0]) is not { } duration)
        {
            return PerformerRefusals.InvalidDuration;
        }
        var type = call.Choice<CallType>("type", PerformerRefusals.InvalidCallType);
        if (type.Refusal is not null)
        {
            return type.Refusal;
        }
        if (!TryMoment(call, "from", zone, 0, out var from) || !TryMoment(call, "to", zone, 1, out var to))
        {
            return InvalidRange;
        }
        var first = from ?? now;
        if (to is null && first > DateTimeOffset.MaxValue.AddDays(-DaysUnlessAsked))
        {
            return InvalidRange;
        }
        var end = to ?? first.AddDays(DaysUnlessAsked);
        return end <= first || end - first > Longest
            ? InvalidRange
            : new SlotRequest(new SlotQuery(first, end, duration, type.Value ?? performer.CallTypes[0]), zone);
    }

    private static int? Minutes(Call call, int otherwise) =>
        !call.Http.Request.Query.ContainsKey("duration") ? otherwise
        : int.TryParse(call.Query("duration"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? minutes
        : null;

    /// <summary>A date means when it begins, or when so many days later do.</summary>
    private static bool TryMoment(Call call, string name, DateTimeZone zone, int daysLater, out DateTimeOffset? moment)
    {
        if (call.TryDay(name, out var day) && day is { } date)
        {
            // The first and the last dates have no other before or after them everywhere.
            var isReal = date.Year is > 1 and < 9999;
            moment = isReal ? LocalTimes.StartOf(date.AddDays(daysLater), zone) : null;
            return isReal;
        }
        return call.TryTime(name, out moment);
    }
}
