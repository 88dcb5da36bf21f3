namespace Actors.TestKit.Disks;

/// <summary>What goes wrong on a <see cref="SimulatedDisk"/>. Operations are counted from 1.</summary>
public sealed record DiskFaults
{
    /// <summary>The number of the operation that fails; 0 for none.</summary>
    public long FailAt { get; init; }

    /// <summary>Whether all operations after <see cref="FailAt"/> fail too.</summary>
    public bool FailsForEver { get; init; }

    /// <summary>The number of the operation in the middle of which the machine stops; 0 for none.</summary>
    public long CrashAt { get; init; }

    /// <summary>Every sync fails.</summary>
    public bool SyncsFail { get; init; }

    /// <summary>No file whose name ends so can be made.</summary>
    public string? RefusedEnding { get; init; }

    /// <summary>No file can get longer; what is allocated can be written.</summary>
    public bool IsFull { get; init; }

    /// <summary>The chance, 0 to 1, that a sector is reported as synced and is not: a disk that lies.</summary>
    public double LostSectorChance { get; init; }

    public static readonly DiskFaults None = new();
}

/// <summary>What a power failure leaves of what was written and not synced.</summary>
public enum UnsyncedFate
{
    /// <summary>Any part of it, sector by sector, name by name.</summary>
    Chance,
    Lost,
    Kept,
}
