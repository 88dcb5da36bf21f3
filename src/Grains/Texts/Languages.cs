using System.Collections.Immutable;

namespace Actors.Grains.Texts;

/// <summary>The languages that people are spoken to in.</summary>
public static class Languages
{
    public const string English = "en";
    public const string Spanish = "es";

    public static readonly ImmutableArray<string> All = [English, Spanish];
}
