using System.Text.Json;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Identity;
using static Actors.GrainInterfaces.Performers.PerformerLimits;

namespace Actors.Grains.Performers;

/// <summary>What a performer's settings may be. Pure.</summary>
public static class SettingsRules
{
    private const int MostLetters = 5;
    private const int FewestLetters = 3;
    private const int Percent = 100;

    private static readonly PerformerSettings Usual = new(
        "",
        "UTC",
        [],
        [],
        [CallType.Video, CallType.Audio],
        [30, 60],
        60,
        default,
        [],
        0,
        0,
        PerformerStatus.Active,
        60,
        60,
        new CancellationPolicy(FullRefundHours: 24, EarlyPercent: Percent, LatePercent: 0)
    );

    /// <summary>The settings with what is given changed. A new performer needs a price.</summary>
    public static Outcome<PerformerSettings> Change(
        PerformerSettings? known,
        SetPerformer command,
        string nameOtherwise
    )
    {
        var before = known ?? Usual with { DisplayName = nameOtherwise };
        if (ProfileText.DisplayName(command.DisplayName ?? before.DisplayName) is not { } name)
        {
            return GrainInterfaces.Identity.IdentityRefusals.InvalidProfile(ProfileText.DisplayNameRule);
        }
        var durations = Durations(before, command, isNew: known is null);
        var settings = before with
        {
            DisplayName = name,
            TimeZone = command.TimeZone ?? before.TimeZone,
            Weekly = command.Weekly is null ? before.Weekly : Sorted(command.Weekly),
            CallTypes = command.CallTypes is null ? before.CallTypes : [.. command.CallTypes.Distinct().Order()],
            Durations = durations,
            MaxDuration =
                command.MaxDuration ?? (known is null ? durations.DefaultIfEmpty().Max() : before.MaxDuration),
            BasePrice = command.BasePrice ?? before.BasePrice,
            Prices = Prices(before, command, durations),
            BufferBefore = command.BufferBefore ?? before.BufferBefore,
            BufferAfter = command.BufferAfter ?? before.BufferAfter,
            Status = command.Status ?? before.Status,
            NoticeMinutes = command.NoticeMinutes ?? before.NoticeMinutes,
            HorizonDays = command.HorizonDays ?? before.HorizonDays,
            Policy = command.Policy ?? before.Policy,
        };
        return Refuse(settings) is { } refusal ? refusal : settings;
    }

    public static Outcome<PerformerSettings> Change(PerformerSettings known, SetCalendar command)
    {
        var settings = known with
        {
            TimeZone = command.TimeZone ?? known.TimeZone,
            Weekly = command.Weekly is null ? known.Weekly : Sorted(command.Weekly),
            Exceptions = command.Exceptions is null ? known.Exceptions : Sorted(command.Exceptions),
        };
        return Refuse(settings) is { } refusal ? refusal : settings;
    }

    public static bool AreSame(PerformerSettings? one, PerformerSettings other) =>
        one is not null && Json(one).AsSpan().SequenceEqual(Json(other));

    private static Refusal? Refuse(PerformerSettings settings) =>
        !CallCalendar.Knows(settings.TimeZone) ? PerformerRefusals.InvalidTimeZone
        : !AreWeekdays(settings.Weekly) || !settings.Weekly.All(static day => AreHours(day.Hours))
            ? PerformerRefusals.InvalidHours
        : !AreExceptions(settings.Exceptions) ? PerformerRefusals.InvalidExceptions
        : settings.CallTypes.Count == 0 || !settings.CallTypes.All(Enum.IsDefined) ? PerformerRefusals.InvalidCallType
        : !AreDurations(settings) ? PerformerRefusals.InvalidDuration
        : !ArePrices(settings) ? PerformerRefusals.InvalidPrice
        : !IsBuffer(settings.BufferBefore) || !IsBuffer(settings.BufferAfter) ? PerformerRefusals.InvalidBuffer
        : !Enum.IsDefined(settings.Status) ? PerformerRefusals.InvalidPerformerStatus
        : settings.NoticeMinutes is < 0 or > LongestNoticeMinutes ? PerformerRefusals.InvalidNotice
        : settings.HorizonDays is < 1 or > LongestHorizonDays ? PerformerRefusals.InvalidHorizon
        : !IsPolicy(settings.Policy) ? PerformerRefusals.InvalidPolicy
        : null;

    /// <summary>Those of a new performer fit below the longest that an admin named.</summary>
    private static IReadOnlyList<int> Durations(PerformerSettings before, SetPerformer command, bool isNew)
    {
        if (command.Durations is not null)
        {
            return [.. command.Durations.Order()];
        }
        if (!isNew || command.MaxDuration is not { } longest)
        {
            return before.Durations;
        }
        int[] fitting = [.. before.Durations.Where(minutes => minutes <= longest)];
        return fitting.Length == 0 ? [longest] : fitting;
    }

    /// <summary>A price of a duration that is not offered any more goes with it.</summary>
    private static IReadOnlyList<DurationPrice> Prices(
        PerformerSettings before,
        SetPerformer command,
        IReadOnlyList<int> durations
    ) =>
        command.Prices is not null ? [.. command.Prices.OrderBy(static price => price.Minutes)]
        : command.BasePrice is { } price && price.Currency != before.BasePrice.Currency ? []
        : [.. before.Prices.Where(price => durations.Contains(price.Minutes))];

    private static bool AreWeekdays(IReadOnlyList<DayHours> weekly) =>
        weekly.All(static day => day.Weekday is >= 1 and <= 7)
        && weekly.Select(static day => day.Weekday).Distinct().Count() == weekly.Count;

    private static bool AreHours(IReadOnlyList<LocalHours> hours)
    {
        var at = 0;
        foreach (var one in hours)
        {
            if (one.From < at || one.To <= one.From || one.To > MinutesOfDay)
            {
                return false;
            }
            at = one.To;
        }
        return hours.Count <= MaxHoursOfDay;
    }

    private static bool AreExceptions(IReadOnlyList<CalendarException> exceptions) =>
        exceptions.Count <= MaxExceptions
        && exceptions.Select(static one => one.Date).Distinct().Count() == exceptions.Count
        && exceptions.All(static one => AreHours(one.Hours));

    private static bool AreDurations(PerformerSettings settings) =>
        settings.Durations.Count is >= 1 and <= MaxDurations
        && settings.Durations.Distinct().Count() == settings.Durations.Count
        && settings.Durations[0] >= ShortestCall
        && settings.Durations[^1] <= settings.MaxDuration
        && settings.MaxDuration <= LongestCall;

    private static bool ArePrices(PerformerSettings settings) =>
        IsCurrency(settings.BasePrice.Currency)
        && IsAmount(settings.BasePrice.Amount)
        && settings.Prices.All(price => IsAmount(price.Amount) && settings.Durations.Contains(price.Minutes))
        && settings.Prices.Select(static price => price.Minutes).Distinct().Count() == settings.Prices.Count
        && settings.Durations.All(minutes => IsAmount(settings.PriceOf(minutes).Amount));

    private static bool IsCurrency(string? currency) =>
        currency == Money.TokenCurrency
        || currency is { Length: >= FewestLetters and <= MostLetters } && currency.All(char.IsAsciiLetterUpper);

    private static bool IsAmount(long amount) => amount is >= 1 and <= Money.MaxAmount;

    private static bool IsBuffer(int minutes) => minutes is >= 0 and <= LongestBuffer;

    private static bool IsPolicy(CancellationPolicy policy) =>
        policy.FullRefundHours is >= 0 and <= LongestCutoffHours
        && policy.EarlyPercent is >= 0 and <= Percent
        && policy.LatePercent >= 0
        && policy.LatePercent <= policy.EarlyPercent;

    private static IReadOnlyList<DayHours> Sorted(IReadOnlyList<DayHours> weekly) =>
        [
            .. weekly
                .Where(static day => day.Hours.Count > 0)
                .OrderBy(static day => day.Weekday)
                .Select(static day => day with { Hours = Sorted(day.Hours) }),
        ];

    private static IReadOnlyList<CalendarException> Sorted(IReadOnlyList<CalendarException> exceptions) =>
        [.. exceptions.OrderBy(static one => one.Date).Select(static one => one with { Hours = Sorted(one.Hours) })];

    private static IReadOnlyList<LocalHours> Sorted(IReadOnlyList<LocalHours> hours) =>
        [.. hours.OrderBy(static one => one.From)];

    private static byte[] Json(PerformerSettings settings) =>
        JsonSerializer.SerializeToUtf8Bytes(settings, PerformerJson.Default.PerformerSettings);
}
