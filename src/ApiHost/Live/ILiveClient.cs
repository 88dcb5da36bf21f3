namespace Actors.ApiHost.Live;

/// <summary>The other side of one connection. A call completes once the bytes are on their way.</summary>
internal interface ILiveClient
{
    /// <param name="id">Where the client resumes once it has it; null for what is not come back to.</param>
    Task SendAsync(string? id, LiveChange change, CancellationToken stop);

    /// <summary>Shows that the connection is alive, to the client and to whatever stands in between.</summary>
    Task BeatAsync(CancellationToken stop);
}
