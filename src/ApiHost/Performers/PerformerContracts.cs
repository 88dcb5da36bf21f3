using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Performers;

/// <param name="Currency">TOKENS, or a currency's code.</param>
/// <param name="Amount">In its smallest unit.</param>
internal sealed record MoneyContract(string? Currency, long? Amount)
{
    public static MoneyContract From(Money money) => new(money.Currency, money.Amount);
}

/// <summary>Reads a price as a plain number of tokens as well.</summary>
internal sealed class PriceConverter : JsonConverter<MoneyContract>
{
    public override MoneyContract Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var tokens)
                ? new MoneyContract(Money.TokenCurrency, tokens)
                : throw new JsonException();
        }
        try
        {
            return JsonSerializer.Deserialize(ref reader, PerformerJson.Default.MoneyContract)!;
        }
        catch (JsonException)
        {
            // Without a path of its own it gets that of the member in the whole body.
            throw new JsonException();
        }
    }

    public override void Write(Utf8JsonWriter writer, MoneyContract value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, PerformerJson.Default.MoneyContract);
}

/// <summary>What a call of one length costs, in the currency of the base price.</summary>
internal sealed record DurationPriceContract(int? Duration, long? Amount);

/// <param name="FullRefundHours">Cancelled at least so many hours before the start, earlyPercent of the price comes back.</param>
/// <param name="LatePercent">Comes back when it is cancelled later.</param>
internal sealed record PolicyContract(int? FullRefundHours, int? EarlyPercent, int? LatePercent);

/// <summary>What is absent stays, or has its default for a new performer.</summary>
internal sealed record SetPerformerRequest
{
    /// <summary>The model's id; only when a performer is made.</summary>
    public string? PerformerId { get; init; }

    public string? DisplayName { get; init; }

    public string? TimeZone { get; init; }

    public WeeklyContract? Weekly { get; init; }

    public IReadOnlyList<string>? CallTypes { get; init; }

    public IReadOnlyList<int>? Durations { get; init; }

    public int? MaxDuration { get; init; }

    [JsonConverter(typeof(PriceConverter))]
    public MoneyContract? BasePrice { get; init; }

    public IReadOnlyList<DurationPriceContract>? Prices { get; init; }

    public int? BufferBefore { get; init; }

    public int? BufferAfter { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<PerformerStatus>))]
    public PerformerStatus? Status { get; init; }

    public int? NoticeMinutes { get; init; }

    public int? HorizonDays { get; init; }

    public PolicyContract? Policy { get; init; }

    public Outcome<SetPerformer> Read(Actor actor)
    {
        if (BasePrice is { Currency: null } or { Amount: null })
        {
            return PerformerRefusals.InvalidPrice;
        }
        if (Prices?.Any(static price => price is not { Duration: not null, Amount: not null }) == true)
        {
            return PerformerRefusals.InvalidPrice;
        }
        if (Policy is { FullRefundHours: null } or { EarlyPercent: null } or { LatePercent: null })
        {
            return PerformerRefusals.InvalidPolicy;
        }
        var types = new List<CallType>();
        foreach (var name in CallTypes ?? [])
        {
            if (!StrictEnumConverter<CallType>.TryRead(name, out var type))
            {
                return PerformerRefusals.InvalidCallType;
            }
            types.Add(type);
        }
        return new SetPerformer(
            actor,
            DisplayName,
            TimeZone,
            Weekly?.Read(),
            CallTypes is null ? null : types,
            Durations,
            MaxDuration,
            BasePrice is null ? null : new Money(BasePrice.Currency!, BasePrice.Amount!.Value),
            Prices?.Select(static price => new DurationPrice(price.Duration!.Value, price.Amount!.Value)).ToArray(),
            BufferBefore,
            BufferAfter,
            Status,
            NoticeMinutes,
            HorizonDays,
            Policy is null
                ? null
                : new CancellationPolicy(
                    Policy.FullRefundHours!.Value,
                    Policy.EarlyPercent!.Value,
                    Policy.LatePercent!.Value
                )
        );
    }
}

/// <summary>What is absent stays.</summary>
internal sealed record SetCalendarRequest
{
    public string? TimeZone { get; init; }

    public WeeklyContract? Weekly { get; init; }

    public IReadOnlyList<ExceptionContract>? Exceptions { get; init; }

    public Outcome<SetCalendar> Read(Actor actor)
    {
        var exceptions = Exceptions is null ? null : ExceptionContract.Read(Exceptions);
        return exceptions is null && Exceptions is not null
            ? PerformerRefusals.InvalidExceptions
            : new SetCalendar(actor, TimeZone, Weekly?.Read(), exceptions);
    }
}

internal sealed record CalendarResponse(
    string PerformerId,
    string TimeZone,
    WeeklyContract Weekly,
    IReadOnlyList<ExceptionContract> Exceptions,
    DateTimeOffset? PausedByNoShows
)
{
    public static CalendarResponse From(PerformerView performer) =>
        new(
            performer.PerformerId,
            performer.TimeZone,
            WeeklyContract.From(performer.Weekly),
            [.. performer.Exceptions.Select(ExceptionContract.From)],
            performer.PausedByNoShows
        );
}

/// <param name="Average">Of 1 to 5, to two places; null while nobody has rated.</param>
internal sealed record RatingResponse(double? Average, long Count)
{
    private const int Places = 2;

    public static RatingResponse From(PerformerView performer) =>
        new(
            performer.Ratings == 0 ? null : Math.Round((double)performer.RatingSum / performer.Ratings, Places),
            performer.Ratings
        );
}

/// <param name="Url">Whoever has it reads the calls; there is no other lock.</param>
internal sealed record CalendarFeedResponse(string Url);

internal sealed record CalendarFeedRevokedResponse(bool Revoked);

internal sealed record RemovedPerformerResponse(string PerformerId, bool Inactive);

internal sealed record SlotResponse(DateTimeOffset Start, string LocalStart);

/// <param name="TimeZone">Of the local times.</param>
/// <param name="Slots">Free starts, in order.</param>
internal sealed record SlotListResponse(
    string PerformerId,
    int Duration,
    [property: JsonConverter(typeof(StrictEnumConverter<CallType>))] CallType Type,
    string TimeZone,
    MoneyContract Price,
    IReadOnlyList<SlotResponse> Slots,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UpgradeOffer? Upgrade
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(SetPerformerRequest))]
[JsonSerializable(typeof(SetCalendarRequest))]
[JsonSerializable(typeof(PerformerAdminResponse))]
[JsonSerializable(typeof(PerformerAdminListResponse))]
[JsonSerializable(typeof(PerformerResponse))]
[JsonSerializable(typeof(PerformerListResponse))]
[JsonSerializable(typeof(CalendarResponse))]
[JsonSerializable(typeof(RemovedPerformerResponse))]
[JsonSerializable(typeof(CalendarFeedResponse))]
[JsonSerializable(typeof(CalendarFeedRevokedResponse))]
[JsonSerializable(typeof(SlotListResponse))]
[JsonSerializable(typeof(MoneyContract))]
internal sealed partial class PerformerJson : JsonSerializerContext;
