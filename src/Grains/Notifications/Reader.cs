using Actors.Grains.Texts;

namespace Actors.Grains.Notifications;

/// <summary>How a person reads.</summary>
/// <param name="Language">One of <see cref="Languages.All"/>.</param>
/// <param name="TimeZone">An IANA name.</param>
public sealed record Reader(string Language, string TimeZone)
{
    public static readonly Reader Default = new(Languages.English, "UTC");
}
