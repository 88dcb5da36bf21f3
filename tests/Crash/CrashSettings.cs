using System.Globalization;

namespace Actors.Crash.Tests;

/// <summary>
/// <c>CRASH_ROUNDS=50 dotnet test --project tests/Crash</c> kills fifty times; <c>CRASH_SEED</c> repeats the moments of one
/// run.
/// </summary>
internal static class CrashSettings
{
    public static readonly int Rounds = Setting("CRASH_ROUNDS", otherwise: 5);

    /// <summary>Of the talks, whose every start costs the run its seconds as well.</summary>
    public static readonly int RoundsOfTalk = Setting("CRASH_ROUNDS", otherwise: 3);
    public static readonly int Seed = Setting("CRASH_SEED", otherwise: 2026);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
