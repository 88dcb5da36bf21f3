using System.Globalization;

namespace Actors.Grains.Devices.Lovense;

/// <summary>
/// The service's presets know one strength. One that was bought with an intensity is played step by step in its shape, as
/// strong as was bought.
/// </summary>
internal static class LovensePattern
{
    private const int Strongest = 20;
    private const int StepMilliseconds = 500;

    // In hundredths of the strength that was bought; at most 50 steps, which the service repeats.
    private static readonly Dictionary<string, int[]> Shapes = new()
    {
        ["pulse"] = [100, 0],
        ["wave"] = [10, 30, 50, 75, 100, 75, 50, 30],
        ["fireworks"] = [20, 60, 100, 0, 40, 100, 0, 80, 30, 0],
        ["earthquake"] = [60, 100, 40, 90, 30, 100, 50, 80],
    };

    public static bool Knows(string pattern) => Shapes.ContainsKey(pattern);

    /// <summary>Such as <c>V:1;F:v;S:500#</c>: which functions follow, and how long a step takes.</summary>
    public static string RuleFor(IEnumerable<LovenseFunction> functions) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"V:1;F:{string.Join(',', functions.Select(static function => char.ToLowerInvariant(function.Name[0])))};S:{StepMilliseconds}#"
        );

    /// <summary>Such as <c>16;0</c>.</summary>
    public static string StrengthsFor(string pattern, int intensity)
    {
        var bought = Math.Clamp(intensity, 1, Strongest);
        return string.Join(';', Shapes[pattern].Select(percent => StepOf(bought, percent)));
    }

    private static string StepOf(int bought, int percent) =>
        (percent == 0 ? 0 : Math.Max(1, bought * percent / 100)).ToString(CultureInfo.InvariantCulture);
}
