using Actors.ApiHost.Performers;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;
using NodaTime;

namespace Actors.ApiHost.Bots;

/// <summary>Who reads the screens: in whose language and zone, and what they may see.</summary>
internal sealed class BotReader(UserProfile user)
{
    public UserProfile User { get; } = user;

    public Actor Actor { get; } = new(ActorRole.User, user.UserId);

    public BotTexts Texts { get; } = BotTexts.In(user.Language);

    public DateTimeZone Zone { get; } = LocalTimes.Find(user.TimeZone) ?? DateTimeZone.Utc;

    public CallAudience Audience { get; } = CallAudiences.Of(user);

    public string Say(string key, params ReadOnlySpan<(string Name, string Value)> facts) => Texts.Say(key, facts);

    public LocalDateTime Local(DateTimeOffset time) => Instant.FromDateTimeOffset(time).InZone(Zone).LocalDateTime;

    public string Moment(DateTimeOffset time) => Texts.Moment(Local(time));

    public string Price(Money price)
    {
        var amount = price.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return price.IsTokens
            ? Say("price.tokens", ("amount", amount))
            : Say("price.money", ("amount", Major(price)), ("currency", price.Currency));
    }

    /// <summary>USDC counts in millionths, everything else in hundredths.</summary>
    private static string Major(Money price)
    {
        var (unit, places) = price.Currency == "USDC" ? (1_000_000m, "0.00####") : (100m, "0.00");
        return (price.Amount / unit).ToString(places, System.Globalization.CultureInfo.InvariantCulture);
    }

    public BotButton Button(string key, string id) => new(id, Say(key));

    public BotButton Menu() => Button("button.menu", Verbs.Menu);
}

/// <summary>What buttons do.</summary>
internal static class Verbs
{
    public const string Menu = "menu";
    public const string Look = "who";
    public const string Enter = "calls";
    public const string Performer = "p";
    public const string Days = "d";
    public const string Times = "t";
    public const string Rules = "s";
    public const string Accept = "ok";
    public const string Pay = "pay";
    public const string Booking = "b";
    public const string Join = "j";
    public const string Cancel = "x";
    public const string CancelForSure = "xx";
    public const string Bookings = "my";
}
