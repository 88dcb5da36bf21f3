using System.Buffers;
using System.Globalization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Bots;

/// <summary>
/// What a button does and with what: <c>verb.argument.argument</c>. It comes back from outside, so each argument is read as
/// what it must be, and a button that says anything else is none.
/// </summary>
internal readonly struct ButtonId
{
    /// <summary>As much as Telegram lets a button carry.</summary>
    public const int MaxLength = 64;

    private const int ShortNameLength = 16;
    private const int MaxPage = 1_000;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."
    );

    private readonly string[] _parts;

    private ButtonId(string[] parts) => _parts = parts;

    public string Verb => _parts[0];

    public int Count => _parts.Length - 1;

    public static ButtonId? Read(string? text) =>
        text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Allowed)
            ? new ButtonId(text.Split('.'))
            : null;

    public static string Of(string verb, params ReadOnlySpan<object> arguments)
    {
        var parts = new List<string> { verb };
        foreach (var argument in arguments)
        {
            parts.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        }
        return string.Join('.', parts);
    }

    public int? Page(int at) => Number(at) is >= 0 and <= MaxPage and var page ? (int)page : null;

    public int? Minutes(int at) =>
        Number(at) is >= PerformerLimits.ShortestCall and <= PerformerLimits.LongestCall and var minutes
            ? (int)minutes
            : null;

    public CallType? Type(int at) =>
        Text(at) is { } text && StrictEnumConverter<CallType>.TryRead(text, out var type) ? type : null;

    /// <summary>A performer by her short name.</summary>
    public string? ShortName(int at) =>
        Text(at) is { Length: ShortNameLength } name && name.All(char.IsAsciiHexDigitLower) ? name : null;

    /// <summary>A time in whole minutes.</summary>
    public DateTimeOffset? Moment(int at) =>
        Number(at) is >= 0 and <= int.MaxValue and var minutes ? DateTimeOffset.UnixEpoch.AddMinutes(minutes) : null;

    public long? Number(int at) =>
        long.TryParse(Text(at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public string? Booking(int at) => BookingIds.IsValid(Text(at)) ? Text(at) : null;

    /// <summary>A word such as the name of a way to pay.</summary>
    public string? Word(int at) => Identifier.IsValid(Text(at)) ? Text(at) : null;

    public static long MinutesOf(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMinute;

    private string? Text(int at) => at < _parts.Length ? _parts[at] : null;
}
