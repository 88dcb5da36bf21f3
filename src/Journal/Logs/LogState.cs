using Actors.Journal.Format;
using Actors.Journal.Index;

namespace Actors.Journal.Logs;

/// <summary>The newest record of a stream and when it is durable; callers await that before they believe it.</summary>
internal readonly record struct LogHead(StreamHead Head, Position At, Position Snapshot, Task Durable);

/// <summary>A look at a log while it is locked.</summary>
internal readonly record struct LogState(
    StreamTable Streams,
    Position ReplayFrom,
    long NextBatch,
    Position SyncedTo,
    Task EverythingDurable
);
