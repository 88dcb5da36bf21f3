using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.Rooms;

[Settings("Rooms", HidesValues = true)]
public sealed record RoomOptions : IValidatableObject
{
    private const int LeastKeyLength = 32;

    [Setting("Where calls take place: hosted, by links of our own, or daily.")]
    public RoomService Service { get; init; }

    [Setting("The API key of Daily; required for daily.", IsSecret = true)]
    public string? DailyKey { get; init; }

    [Setting("Where Daily is reached: https, or http on this machine.")]
    public Uri DailyAddress
    {
        get;
        init => field = WithSlash(value);
    } = new("https://api.daily.co/v1/");

    [Setting(
        "A room server of your own, to which links of our own lead: https, or http on this machine.",
        Otherwise = "our own page under PublicAddress"
    )]
    public Uri? ServerAddress
    {
        get;
        init => field = value is null ? null : WithSlash(value);
    }

    [Setting(
        "Signs links of our own; required for a room server, which checks them.",
        Otherwise = "a key of each room's own",
        IsSecret = true
    )]
    [MinLength(LeastKeyLength, ErrorMessage = "has at least 32 characters")]
    public string? LinkKey { get; init; }

    [Setting("Where people reach this API, for links to our own page.", Otherwise = "links begin with /rooms/")]
    public Uri? PublicAddress
    {
        get;
        init => field = value is null ? null : WithSlash(value);
    }

    [Setting("Minutes before a call when its room is made."), Range(11, 120)]
    public int MakeMinutes { get; init; } = 15;

    [Setting("Seconds that a provider may take to answer, retries included."), Range(0.1, 7.0)]
    public double TimeoutSeconds { get; init; } = 6;

    internal TimeSpan MakeBefore => TimeSpan.FromMinutes(MakeMinutes);

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    internal string LinkBase => (ServerAddress ?? PublicRooms)?.AbsoluteUri ?? "/rooms/";

    private Uri? PublicRooms => PublicAddress is null ? null : new Uri(PublicAddress, "rooms/");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSafe(DailyAddress))
        {
            yield return new ValidationResult("is an https address.", [nameof(DailyAddress)]);
        }
        if (ServerAddress is { } server && !IsSafe(server))
        {
            yield return new ValidationResult("is an https address.", [nameof(ServerAddress)]);
        }
        if (PublicAddress is { } address && !IsSafe(address))
        {
            yield return new ValidationResult("is an https address.", [nameof(PublicAddress)]);
        }
        if (Service == RoomService.Daily && string.IsNullOrEmpty(DailyKey))
        {
            yield return new ValidationResult("is required for Rooms:Service=daily.", [nameof(DailyKey)]);
        }
        if (ServerAddress is not null && LinkKey is null)
        {
            yield return new ValidationResult("is required for Rooms:ServerAddress.", [nameof(LinkKey)]);
        }
    }

    /// <summary>Leaves the secrets out, so that logging cannot leak them.</summary>
    public override string ToString() => $"{nameof(RoomOptions)} {Service}";

    private static Uri WithSlash(Uri address) =>
        address.IsAbsoluteUri ? new Uri(address.AbsoluteUri.TrimEnd('/') + "/") : address;

    private static bool IsSafe(Uri address) =>
        address.IsAbsoluteUri
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}

public enum RoomService
{
    Hosted,
    Daily,
}
