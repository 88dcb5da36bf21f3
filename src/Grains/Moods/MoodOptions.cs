using System.Globalization;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Moods;

/// <summary>Section <c>Moods</c> of the settings.</summary>
public sealed record MoodOptions
{
    public const int MaxChangesPerHour = 1_000_000;

    /// <summary>A model's own changes within any 60 minutes, 1 to 1,000,000; 50 by default.</summary>
    public int ChangesPerHour { get; init; } = 50;

    /// <exception cref="SettingException">A value is out of range; the message names it.</exception>
    public static MoodOptions From(IConfiguration configuration)
    {
        const string name = $"Moods:{nameof(ChangesPerHour)}";
        if (configuration[name] is not { Length: > 0 } text)
        {
            return new MoodOptions();
        }
        var parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var changes);
        return parsed && changes is >= 1 and <= MaxChangesPerHour
            ? new MoodOptions { ChangesPerHour = changes }
            : throw new SettingException(name, $"is a whole number from 1 to {MaxChangesPerHour}, not '{text}'.");
    }
}
