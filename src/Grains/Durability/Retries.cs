namespace Actors.Grains.Durability;

/// <summary>How long to wait before something that did not arrive is sent again.</summary>
internal static class Retries
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static TimeSpan After(TimeSpan wait) => wait * 2 < Longest ? wait * 2 : Longest;
}
