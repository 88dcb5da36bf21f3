namespace Actors.Grains.Rooms;

/// <summary>The provider that makes rooms from now on, and those that have made some.</summary>
/// <param name="chosen">By the settings.</param>
public sealed class RoomProviders(IRoomProvider chosen, HostedRooms hosted)
{
    public IRoomProvider Chosen { get; } = chosen;

    /// <summary>Null for one that the settings no longer know.</summary>
    public IRoomProvider? Find(string name) =>
        name == Chosen.Name ? Chosen
        : name == hosted.Name ? hosted
        : null;
}
