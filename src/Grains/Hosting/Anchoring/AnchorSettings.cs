using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Hosting.Anchoring;

/// <summary>Where anchors of the journal go, outside of its directory.</summary>
/// <param name="Place">A file, or an address that they are posted to.</param>
/// <param name="Every">An hour unless set; once at the start and once at the stop besides.</param>
public sealed record AnchorSettings(IAnchorPlace Place, TimeSpan Every)
{
    public const string PlaceName = "Journal:AnchorTo";
    public const string KeyName = "Journal:AnchorKey";

    /// <returns>Null when none is named.</returns>
    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static AnchorSettings? From(IConfiguration configuration)
    {
        var options = SettingsReader.Read<JournalKeyOptions>(configuration);
        return options.AnchorTo.Length > 0
            ? new(PlaceOf(options.AnchorTo, configuration), TimeSpan.FromMinutes(options.AnchorMinutes))
            : null;
    }

    private static IAnchorPlace PlaceOf(string text, IConfiguration configuration)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && !address.IsFile)
        {
            return address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)
                ? new AnchorAddress(address)
                : throw new SettingException(PlaceName, "is a file or an https address.");
        }
        return new AnchorFile(JournalSettings.PathOutside(configuration, PlaceName, text));
    }
}
