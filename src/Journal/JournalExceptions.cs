namespace Actors.Journal;

/// <summary>The stream is further than the writer knew: the writer is stale and must stop.</summary>
public sealed class JournalConflictException(StreamId stream, long expected, long found)
    : Exception($"Stream {stream} is at record {found}, the writer thought {expected}.");

/// <summary>A write or sync failed half-way. What the log holds is decided by reading it again, after a restart of the log.</summary>
public sealed class JournalUncertainException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// There is no room for a commit: the disk is full, there are no descriptors, or a segment could not be made. Nothing was
/// written; reads go on, and appends are taken again by themselves once there is room.
/// </summary>
public sealed class JournalFullException(string reason) : Exception($"Nothing can be written for now: {reason}");

/// <summary>Too much is waiting for the disk already. Nothing was written; the same append may be tried again later.</summary>
public sealed class JournalBusyException(int pendingBytes)
    : Exception($"{pendingBytes} bytes are waiting for the disk; nothing more is taken until some are written.");

/// <summary>The files hold damage that is not an unsynced tail; the start stops here and names the place.</summary>
public sealed class JournalDamagedException(string path, long offset, string reason)
    : Exception($"{path} is damaged at byte {offset}: {reason}")
{
    public string Path { get; } = path;
    public long Offset { get; } = offset;
}

/// <summary>
/// The directory does not hold what an anchor knows: it was put back to an older state, is another one, or was rewritten.
/// </summary>
public sealed class JournalBehindAnchorException(string message) : Exception(message);

/// <summary>The key is missing, malformed, or not the one that the files were written with.</summary>
public sealed class JournalKeyException(string message) : Exception(message);

/// <summary>Another process, or this one, has the directory open already.</summary>
public sealed class JournalLockedException(string path, Exception? inner = null)
    : IOException($"The journal is in use: {path} is locked by somebody else.", inner);
