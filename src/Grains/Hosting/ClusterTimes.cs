namespace Actors.Grains.Hosting;

/// <summary>How long a cluster waits before it takes somebody for dead; measured in docs/deployment.md.</summary>
internal static class ClusterTimes
{
    /// <summary>An answer that has not come by then will most likely never come.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);

    /// <summary>How long a silo waits for another one's sign of life; longer, up to <see cref="LongestProbe"/>, when it is slow itself.</summary>
    public static readonly TimeSpan Probe = TimeSpan.FromSeconds(3);

    public static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(5);

    /// <summary>How often silos look at the table of members although nobody told them of a change.</summary>
    public static readonly TimeSpan Members = TimeSpan.FromSeconds(10);

    /// <summary>How often an API host looks for silos that have come or gone.</summary>
    public static readonly TimeSpan Gateways = TimeSpan.FromSeconds(5);
}
