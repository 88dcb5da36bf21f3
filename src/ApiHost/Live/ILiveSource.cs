using Actors.ApiHost.Auth;

namespace Actors.ApiHost.Live;

/// <summary>A kind of stream that a live feed is composed of. To add one, register it; nothing else knows of it.</summary>
internal interface ILiveStream
{
    /// <summary>Its name in cursors: a small letter that no other stream has, for ever.</summary>
    char Letter { get; }

    /// <summary>The caller's own stream; null when callers of this role have none.</summary>
    ILiveSource? Open(Caller caller);
}

/// <summary>
/// What is shown to a connection and never come back to: its envelopes have no ids, and whoever resumes has missed none of them.
/// Its sources need no position, and are disposed of when the connection ends if they can be.
/// </summary>
internal interface IPassingStream
{
    /// <summary>Null when callers of this role have none.</summary>
    ILiveSource? Open(Caller caller);
}

/// <summary>
/// One stream of one connection. The feed asks for one thing at a time, so a source may remember what it has seen.
/// </summary>
internal interface ILiveSource
{
    /// <summary>
    /// Whether it shows how things are rather than what happened: then it may leave out what is overtaken, and a change
    /// that comes in pieces is shown as a whole again to a client that has seen some of them.
    /// </summary>
    bool ShowsState { get; }

    /// <summary>Where a client begins that has seen nothing, or the refusal of a position that was never reached.</summary>
    Task<LiveStart> StartAsync();

    /// <summary>
    /// Completes with true as soon as there is something after a version, and at the latest after about 20 seconds with
    /// false.
    /// </summary>
    Task<bool> ChangedAsync(long after);

    /// <summary>What there is after a version, oldest first; the pieces of one event are on one page.</summary>
    Task<LivePage> ReadAsync(long after, int limit);
}

/// <param name="Version">Where a new client begins.</param>
/// <param name="Newest">No client can have come further.</param>
internal readonly record struct LiveStart(long Version, long Newest);

/// <param name="UpTo">The version that a client has come to with this page.</param>
internal sealed record LivePage(IReadOnlyList<LiveChange> Changes, long UpTo, bool More);

/// <param name="Position">The event that it comes from.</param>
/// <param name="Data">JSON in UTF-8.</param>
internal sealed record LiveChange(long Position, string Type, DateTimeOffset At, ReadOnlyMemory<byte> Data);
