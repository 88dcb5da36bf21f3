using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Performers;

/// <summary>What a performer offers and when.</summary>
public sealed record PerformerSettings(
    string DisplayName,
    string TimeZone,
    IReadOnlyList<DayHours> Weekly,
    IReadOnlyList<CalendarException> Exceptions,
    IReadOnlyList<CallType> CallTypes,
    IReadOnlyList<int> Durations,
    int MaxDuration,
    Money BasePrice,
    IReadOnlyList<DurationPrice> Prices,
    int BufferBefore,
    int BufferAfter,
    PerformerStatus Status,
    int NoticeMinutes,
    int HorizonDays,
    CancellationPolicy Policy
)
{
    private CallCalendar? _calendar;

    [JsonIgnore]
    public CallCalendar Calendar => _calendar ??= new CallCalendar(TimeZone, Weekly, Exceptions);

    public Money PriceOf(int minutes) => CallPrices.Of(BasePrice, Prices, Durations, minutes);
}
