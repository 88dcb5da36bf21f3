namespace Actors.Grains.Hosting;

/// <summary>How long a cluster waits before it takes somebody for dead; measured in docs/deployment.md.</summary>
internal static class ClusterTimes
{
    /// <summary>An answer that has not come by then will most likely never come.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a silo waits for another one's sign of life before it knows how fast that one usually answers; then down to
    /// half of it, and up to <see cref="LongestProbe"/> when either is slow. Three missing signs are a death.
    /// </summary>
    public static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    /// <summary>A silo that has sent anything within three times as long is not taken for dead.</summary>
    public static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How often silos sign the table of members: who has not for three times as long is not waited for by those who join, as after the
    /// death of all.
    /// </summary>
    public static readonly TimeSpan Alive = TimeSpan.FromSeconds(1);

    /// <summary>How often silos look at the table of members although nobody told them of a change.</summary>
    public static readonly TimeSpan Members = TimeSpan.FromSeconds(10);

    /// <summary>How often an API host looks for silos that have come or gone.</summary>
    public static readonly TimeSpan Gateways = TimeSpan.FromSeconds(5);
}
