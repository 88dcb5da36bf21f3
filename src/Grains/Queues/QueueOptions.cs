using System.Globalization;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Queues;

/// <summary>Section <c>Queues</c> of the settings.</summary>
public sealed record QueueOptions
{
    public const int MostDays = 90;
    public const int MostEntries = 1_000;
    public const int MostMinutes = 1_440;
    public const int MostCancels = 100;

    /// <summary>Days from the purchase until an entry that is not finished times out, 1 to 90; 7 by default.</summary>
    public int EntryTimeoutDays { get; init; } = 7;

    /// <summary>Entries that are not finished, with places reserved for purchases under way, 1 to 1,000; 200 by default.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>Of them, those of one buyer, 1 to 1,000; 20 by default.</summary>
    public int MaxPerBuyer { get; init; } = 20;

    /// <summary>What one buyer may cancel in ten minutes before having to wait, 1 to 100; 5 by default.</summary>
    public int CancelsPerBuyer { get; init; } = 5;

    /// <summary>Minutes that an item is expected to take while none has been delivered, 1 to 1,440; 15 by default.</summary>
    public int UsualMinutes { get; init; } = 15;

    /// <summary>The same for the 90th percentile, from <see cref="UsualMinutes"/> to 1,440; 30 by default.</summary>
    public int UsualMinutesAtMost { get; init; } = 30;

    public TimeSpan EntryTimeout => TimeSpan.FromDays(EntryTimeoutDays);

    /// <exception cref="SettingException">A value is out of range; the message names it.</exception>
    public static QueueOptions From(IConfiguration configuration)
    {
        var usual = new QueueOptions();
        var minutes = Read(configuration, nameof(UsualMinutes), usual.UsualMinutes, 1, MostMinutes);
        return new QueueOptions
        {
            EntryTimeoutDays = Read(configuration, nameof(EntryTimeoutDays), usual.EntryTimeoutDays, 1, MostDays),
            MaxLength = Read(configuration, nameof(MaxLength), usual.MaxLength, 1, MostEntries),
            MaxPerBuyer = Read(configuration, nameof(MaxPerBuyer), usual.MaxPerBuyer, 1, MostEntries),
            CancelsPerBuyer = Read(configuration, nameof(CancelsPerBuyer), usual.CancelsPerBuyer, 1, MostCancels),
            UsualMinutes = minutes,
            UsualMinutesAtMost = Read(
                configuration,
                nameof(UsualMinutesAtMost),
                Math.Max(minutes, usual.UsualMinutesAtMost),
                minutes,
                MostMinutes
            ),
        };
    }

    private static int Read(IConfiguration configuration, string option, int otherwise, int least, int most)
    {
        var name = $"Queues:{option}";
        if (configuration[name] is not { Length: > 0 } text)
        {
            return otherwise;
        }
        var parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        return parsed && value >= least && value <= most
            ? value
            : throw new SettingException(name, $"is a whole number from {least} to {most}, not '{text}'.");
    }
}
