using Actors.ApiHost.Performers;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Bots;

/// <summary>
/// The whole way of a booking as screens, one action each: what a button was pressed for is done, and the next screen is the
/// answer. Whatever goes wrong is a screen too, with an apology and a way on; what it was goes to the log.
/// </summary>
internal sealed partial class BotDialog(
    IGrainFactory grains,
    TimeProvider time,
    IConfiguration settings,
    ILogger<BotDialog> logger
)
{
    private readonly PerformerScreens _performers = new(grains, time);
    private readonly BookingScreens _bookings = new(grains, time, WaysToPay(settings));

    public async Task<BotScreen> PressAsync(BotReader reader, string? pressed)
    {
        // To those whom the feature is hidden from no button is there.
        if (reader.Audience == CallAudience.Hidden)
        {
            return new BotScreen(reader.Say("menu.nothing"), []);
        }
        try
        {
            var next = ButtonId.Read(pressed) is { } button ? await DoAsync(reader, button) : null;
            return next is null ? Unknown(reader)
                : next.Refusal is { } refusal ? Explain(reader, refusal, pressed!)
                : next.Value!;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(logger, fault, pressed);
            return Apology(reader, "error.other", pressed);
        }
    }

    public static BotScreen Menu(BotReader reader)
    {
        var entry = reader.Audience switch
        {
            CallAudience.Full => reader.Button("menu.book", ButtonId.Of(Verbs.Look, 0)),
            CallAudience.Gated => reader.Button("menu.book.gated", Verbs.Enter),
            _ => null,
        };
        return entry is null
            ? new BotScreen(reader.Say("menu.nothing"), [])
            : new BotScreen(
                reader.Say("menu.text"),
                [entry, reader.Button("menu.bookings", ButtonId.Of(Verbs.Bookings, 0))]
            );
    }

    /// <summary>Those that the payments take; a button that cannot work is not shown.</summary>
    private static string[] WaysToPay(IConfiguration settings) =>
        PaymentProviders.Listed(settings["Payments:Providers"] ?? PaymentProviders.Default);

    private Task<Outcome<BotScreen>>? Start(BotReader reader, ButtonId button) =>
        button switch
        {
            { Verb: Verbs.Menu, Count: 0 } => Shown(Menu(reader)),
            { Verb: Verbs.Enter, Count: 0 } => Shown(Upgrade(reader)),
            { Verb: Verbs.Look, Count: 1 } when button.Page(1) is { } page => _performers.ListAsync(reader, page),
            { Verb: Verbs.Bookings, Count: 1 } when button.Page(1) is { } page => _bookings.ListAsync(reader, page),
            { Verb: Verbs.Performer, Count: 1 } when button.ShortName(1) is { } name => _performers.PerformerAsync(
                reader,
                name
            ),
            { Verb: Verbs.Booking, Count: 1 } when button.Booking(1) is { } id => _bookings.ShowAsync(reader, id),
            { Verb: Verbs.Join, Count: 1 } when button.Booking(1) is { } id => _bookings.JoinAsync(reader, id),
            { Verb: Verbs.Cancel, Count: 1 } when button.Booking(1) is { } id => _bookings.AskToCancelAsync(reader, id),
            { Verb: Verbs.CancelForSure, Count: 1 } when button.Booking(1) is { } id => _bookings.CancelAsync(
                reader,
                id
            ),
            { Verb: Verbs.Pay, Count: 3 }
                when button.Word(1) is { } way && button.Page(2) is { } attempt && button.Booking(3) is { } id =>
                _bookings.PayAsync(reader, id, way, attempt),
            _ => CallChoice.Read(button) is { } choice ? Choose(reader, button, choice) : null,
        };

    private Task<Outcome<BotScreen>>? Choose(BotReader reader, ButtonId button, CallChoice choice) =>
        button switch
        {
            { Verb: Verbs.Days, Count: 3 } => _performers.DaysAsync(reader, choice),
            { Verb: Verbs.Times, Count: 5 }
                when PerformerScreens.DayOf(button.Number(4)) is { } day && button.Page(5) is { } page =>
                _performers.TimesAsync(reader, choice, day, page),
            { Verb: Verbs.Rules, Count: 4 } when button.Moment(4) is { } start => _performers.RulesAsync(
                reader,
                choice,
                start
            ),
            { Verb: Verbs.Accept, Count: 6 }
                when button.Moment(4) is { } start && button.Page(5) is { } version && button.Number(6) is { } visit =>
                AcceptAsync(reader, choice, start, version, visit),
            _ => null,
        };

    private async Task<Outcome<BotScreen>?> DoAsync(BotReader reader, ButtonId button) =>
        Start(reader, button) is { } next ? await next : null;

    private async Task<Outcome<BotScreen>> AcceptAsync(
        BotReader reader,
        CallChoice choice,
        DateTimeOffset start,
        int version,
        long visit
    )
    {
        var performer = await _performers.FindAsync(choice.ShortName);
        return performer.Refusal is not null
            ? performer.Refusal
            : await _bookings.AcceptAsync(reader, choice, performer.Value!, start, version, visit);
    }

    private static Task<Outcome<BotScreen>> Shown(BotScreen screen) => Task.FromResult<Outcome<BotScreen>>(screen);

    private static BotScreen Upgrade(BotReader reader)
    {
        var offer = UpgradeOffer.For(reader.User);
        var benefits = string.Join('\n', offer.Benefits.Select(static benefit => $"• {benefit}"));
        return new BotScreen(
            reader.Say("upgrade.text", ("benefits", benefits), ("callToAction", offer.CallToAction)),
            [reader.Button("upgrade.look", ButtonId.Of(Verbs.Look, 0)), reader.Menu()]
        );
    }

    private BotScreen Explain(BotReader reader, Refusal refusal, string pressed)
    {
        if (refusal.Code == BookingRefusals.PrimeOrPaymentRequiredCode)
        {
            return Upgrade(reader);
        }
        LogRefused(logger, refusal.Code, pressed);
        var key = $"error.{refusal.Code}";
        return Apology(reader, reader.Texts.Has(key) ? key : "error.other", pressed);
    }

    private static BotScreen Unknown(BotReader reader) => Apology(reader, "error.unknown_button", null);

    /// <summary>The way on: another time where there is a choice of times, once more where that may help, and the menu.</summary>
    private static BotScreen Apology(BotReader reader, string key, string? pressed)
    {
        var choice = ButtonId.Read(pressed) is { } button ? CallChoice.Read(button) : null;
        BotButton[] on =
            choice is not null ? [reader.Button("button.back", choice.Button(Verbs.Days))]
            : ButtonId.Read(pressed) is not null ? [reader.Button("button.again", pressed!)]
            : [];
        return new BotScreen(reader.Say(key), [.. on, reader.Menu()]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A bot's button {Button} failed")]
    private static partial void LogFailed(ILogger logger, Exception fault, string? button);

    [LoggerMessage(Level = LogLevel.Information, Message = "A bot's button {Button} was refused: {Code}")]
    private static partial void LogRefused(ILogger logger, string code, string button);
}
