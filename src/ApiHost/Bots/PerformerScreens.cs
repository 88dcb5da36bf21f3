using Actors.ApiHost.Performers;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using NodaTime;

namespace Actors.ApiHost.Bots;

/// <summary>From the list of performers to the rules of one call.</summary>
internal sealed class PerformerScreens(IGrainFactory grains, TimeProvider time)
{
    private const int PerformersPerPage = 8;
    private const int DaysAhead = 14;
    private const int TimesPerPage = 24;

    public async Task<Outcome<BotScreen>> ListAsync(BotReader reader, int page)
    {
        var directory = grains.GetGrain<IPerformerDirectoryGrain>(IPerformerDirectoryGrain.Only);
        var filter = new PerformerListFilter(PerformerStatus.Active);
        var listed = await directory.List(filter, PerformersPerPage, page * PerformersPerPage);
        var found = await Task.WhenAll(
            listed.Performers.Select(one => grains.GetGrain<IPerformerGrain>(one.PerformerId).Get().AsTask())
        );
        var buttons = found
            .Select(static one => one.Value)
            .OfType<PerformerView>()
            .Select(one => new BotButton(ButtonId.Of(Verbs.Performer, ShortNameOf(one)), NameOf(reader, one)))
            .ToList();
        var key = buttons.Count == 0 && page == 0 ? "performers.none" : "performers.text";
        if ((page + 1) * PerformersPerPage < listed.Total)
        {
            buttons.Add(reader.Button("button.more", ButtonId.Of(Verbs.Look, page + 1)));
        }
        return new BotScreen(reader.Say(key), [.. buttons, reader.Menu()]);
    }

    /// <summary>How long, and of which type.</summary>
    public async Task<Outcome<BotScreen>> PerformerAsync(BotReader reader, string shortName)
    {
        var found = await FindAsync(shortName);
        return found.Map(performer =>
        {
            var choices =
                from type in performer.CallTypes
                from minutes in performer.Durations
                let name = Http.StrictEnumConverter<CallType>.NameOf(type)
                let price = reader.Price(performer.PriceOf(minutes))
                select new BotButton(
                    ButtonId.Of(Verbs.Days, shortName, minutes, name),
                    reader.Say($"performer.{name}", ("minutes", $"{minutes}"), ("price", price))
                );
            return new BotScreen(
                reader.Say("performer.text", ("name", performer.DisplayName)),
                [.. choices, reader.Button("button.back", ButtonId.Of(Verbs.Look, 0)), reader.Menu()]
            );
        });
    }

    public async Task<Outcome<BotScreen>> DaysAsync(BotReader reader, CallChoice choice)
    {
        var now = time.GetUtcNow();
        var slots = await SlotsAsync(choice, now, now.AddDays(DaysAhead));
        return slots.Map(free =>
        {
            var (performer, starts) = free;
            var days = starts.Select(start => reader.Local(start).Date).Distinct();
            return new BotScreen(
                reader.Say(
                    starts.Count == 0 ? "days.none" : "days.text",
                    ("name", performer.DisplayName),
                    ("minutes", $"{choice.Minutes}")
                ),
                [
                    .. days.Select(day => new BotButton(
                        choice.Button(Verbs.Times, DayNumber(day), 0),
                        reader.Texts.Day(day)
                    )),
                    Back(reader, choice),
                    reader.Menu(),
                ]
            );
        });
    }

    public async Task<Outcome<BotScreen>> TimesAsync(BotReader reader, CallChoice choice, LocalDate day, int page)
    {
        var from = reader.Zone.AtStartOfDay(day).ToDateTimeOffset().ToUniversalTime();
        var to = reader.Zone.AtStartOfDay(day.PlusDays(1)).ToDateTimeOffset().ToUniversalTime();
        var slots = await SlotsAsync(choice, from, to);
        return slots.Map(free =>
        {
            var shown = free.Starts.Skip(page * TimesPerPage).Take(TimesPerPage).ToArray();
            var buttons = shown
                .Select(start => new BotButton(
                    choice.Button(Verbs.Rules, ButtonId.MinutesOf(start)),
                    BotTexts.Time(reader.Local(start))
                ))
                .ToList();
            if (free.Starts.Count > (page + 1) * TimesPerPage)
            {
                buttons.Add(reader.Button("button.more", choice.Button(Verbs.Times, DayNumber(day), page + 1)));
            }
            return new BotScreen(
                shown.Length == 0
                    ? reader.Say("days.none", ("name", free.Performer.DisplayName))
                    : reader.Say("times.text", ("day", reader.Texts.Day(day)), ("zone", reader.Zone.Id)),
                [.. buttons, reader.Button("button.back", choice.Button(Verbs.Days)), reader.Menu()]
            );
        });
    }

    public async Task<Outcome<BotScreen>> RulesAsync(BotReader reader, CallChoice choice, DateTimeOffset start)
    {
        var found = await FindAsync(choice.ShortName);
        return found.Map(performer =>
        {
            // Makes of every way to this screen a booking of its own, and of every press of its button the same.
            var visit = time.GetUtcNow().ToUnixTimeSeconds();
            var rules = ConductRules.In(reader.Texts.Language).Select(static rule => $"• {rule}");
            return new BotScreen(
                reader.Say(
                    "rules.text",
                    ("name", performer.DisplayName),
                    ("when", reader.Moment(start)),
                    ("zone", reader.Zone.Id),
                    ("minutes", $"{choice.Minutes}"),
                    ("price", reader.Price(performer.PriceOf(choice.Minutes))),
                    ("rules", string.Join('\n', rules))
                ),
                [
                    reader.Button(
                        "rules.accept",
                        choice.Button(Verbs.Accept, ButtonId.MinutesOf(start), ConductRules.CurrentVersion, visit)
                    ),
                    reader.Button("button.back", choice.Button(Verbs.Days)),
                    reader.Menu(),
                ]
            );
        });
    }

    public async Task<Outcome<PerformerView>> FindAsync(string shortName)
    {
        var id = await grains.GetGrain<IPerformerDirectoryGrain>(IPerformerDirectoryGrain.Only).Find(shortName);
        var found = id is null ? PerformerRefusals.PerformerNotFound : await grains.GetGrain<IPerformerGrain>(id).Get();
        return found.Value is { Status: PerformerStatus.Inactive } ? PerformerRefusals.PerformerNotFound : found;
    }

    public static int DayNumber(LocalDate day) => Period.DaysBetween(default(LocalDate), day);

    public static LocalDate? DayOf(long? number) =>
        number is > 0 and < 3_000_000 and var days ? default(LocalDate).PlusDays((int)days) : null;

    private async Task<Outcome<(PerformerView Performer, IReadOnlyList<DateTimeOffset> Starts)>> SlotsAsync(
        CallChoice choice,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        var performer = await FindAsync(choice.ShortName);
        if (performer.Refusal is not null)
        {
            return performer.Refusal;
        }
        var slots = await grains
            .GetGrain<IPerformerGrain>(performer.Value!.PerformerId)
            .Slots(new SlotQuery(from, to, choice.Minutes, choice.Type));
        return slots.Map(found => (performer.Value!, found.Starts));
    }

    private static BotButton Back(BotReader reader, CallChoice choice) =>
        reader.Button("button.back", ButtonId.Of(Verbs.Performer, choice.ShortName));

    private static string ShortNameOf(PerformerView performer) => PerformerListing.ShortNameOf(performer.PerformerId);

    private static string NameOf(BotReader reader, PerformerView performer) =>
        RatingResponse.From(performer).Average is { } stars
            ? reader.Say(
                "performers.rated",
                ("name", performer.DisplayName),
                ("stars", stars.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture))
            )
            : performer.DisplayName;
}

/// <summary>Whom, how long and how.</summary>
internal sealed record CallChoice(string ShortName, int Minutes, CallType Type)
{
    public static CallChoice? Read(ButtonId button) =>
        button.ShortName(1) is { } name && button.Minutes(2) is { } minutes && button.Type(3) is { } type
            ? new CallChoice(name, minutes, type)
            : null;

    public string Button(string verb, params ReadOnlySpan<object> more) =>
        ButtonId.Of(verb, [ShortName, Minutes, Http.StrictEnumConverter<CallType>.NameOf(Type), .. more]);
}
