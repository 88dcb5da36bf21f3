namespace Actors.Journal;

/// <summary>How a journal is, for those who watch it. It can be asked at any time and never waits for the disk.</summary>
public interface IJournalCondition
{
    /// <summary>
    /// Damage met while reading, oldest first: one entry for each place, and no more than <see cref="JournalDamage.Remembered"/>.
    /// It is known until the journal is opened again.
    /// </summary>
    IReadOnlyList<JournalDamage> Damage { get; }

    /// <summary>Why writing has ended for good after a failed write or sync; null while it has not.</summary>
    Exception? Fence { get; }

    /// <summary>Why appends are refused for the time being although nothing is lost; null while they are taken.</summary>
    JournalFull? Full { get; }
}

/// <summary>A record that cannot be read any more.</summary>
/// <param name="Stream">Whose history it belongs to.</param>
/// <param name="Path">The segment file.</param>
/// <param name="Offset">Where in the file.</param>
/// <param name="FoundAt">When it was met first.</param>
public sealed record JournalDamage(StreamId Stream, string Path, long Offset, DateTimeOffset FoundAt)
{
    /// <summary>How many places are remembered; whoever has more has to look at all of them anyway.</summary>
    public const int Remembered = 100;
}

/// <summary>No file could be made or made longer: the disk is full, or there are no descriptors.</summary>
/// <param name="Reason">What the system said.</param>
/// <param name="Since">When an append was refused first.</param>
public sealed record JournalFull(string Reason, DateTimeOffset Since);
