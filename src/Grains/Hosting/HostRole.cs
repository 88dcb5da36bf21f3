namespace Actors.Grains.Hosting;

/// <summary>What a process is in the system.</summary>
public enum HostRole
{
    /// <summary>Serves HTTP and calls grains; on one machine the grains live in it too.</summary>
    Api,

    /// <summary>Hosts grains and serves nothing else.</summary>
    Silo,
}
