using System.Globalization;

namespace Actors.Grains.Devices.Lovense;

/// <summary>Something that a toy can do. Each has a range of its own; an intensity of 0 to 20 is spread over it.</summary>
public sealed record LovenseFunction(string Name, int Strongest)
{
    private const int MaxIntensity = 20;

    public static readonly LovenseFunction Vibrate = new("Vibrate", 20);

    public static readonly IReadOnlyList<LovenseFunction> All =
    [
        Vibrate,
        new("Rotate", 20),
        new("Pump", 3),
        new("Thrusting", 20),
        new("Fingering", 20),
        new("Suction", 20),
    ];

    /// <summary>Reads names separated by commas.</summary>
    public static bool TryParse(string text, out IReadOnlyList<LovenseFunction> functions)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries).Distinct().ToList();
        functions = [.. All.Where(one => names.Contains(one.Name))];
        return functions.Count == names.Count;
    }

    /// <summary>Such as <c>Pump:2</c>.</summary>
    public string At(int intensity)
    {
        var asked = Math.Clamp(intensity, 1, MaxIntensity);
        var strength = Math.Max(1, (int)Math.Round(asked * Strongest / (double)MaxIntensity));
        return $"{Name}:{strength.ToString(CultureInfo.InvariantCulture)}";
    }

    public override string ToString() => Name;
}
