namespace Actors.Grains.Rooms;

/// <summary>
/// Rooms that no provider makes: a signed link for one person until the call is over, to a room server of the platform's or to
/// the page of ours. Nothing has to be made there, and an earlier link is no good as soon as there is a newer one.
/// </summary>
public sealed class HostedRooms(RoomOptions options) : IRoomProvider
{
    public string Name => RoomRules.Hosted;

    public bool KnowsWhoIsInside => false;

    public Task<RoomAnswer<string>> MakeAsync(RoomPlan plan) => Task.FromResult<RoomAnswer<string>>("");

    public Task<RoomAnswer<string>> AdmitAsync(RoomPass pass)
    {
        var token = RoomLink.Make(pass.BookingId, pass.Guest, pass.Closes, options.LinkKey ?? pass.Key);
        return Task.FromResult<RoomAnswer<string>>(options.LinkBase + token);
    }

    public Task<RoomAnswer<Nothing>> PutOutAsync(string room, string guest) => Done();

    public Task<RoomAnswer<IReadOnlyList<RoomGuestSeen>>> LookAsync(string room) =>
        Task.FromResult(RoomAnswer<IReadOnlyList<RoomGuestSeen>>.Failed("Rooms of ours are not asked."));

    public Task<RoomAnswer<Nothing>> DeleteAsync(string room) => Done();

    private static Task<RoomAnswer<Nothing>> Done() => Task.FromResult<RoomAnswer<Nothing>>(Nothing.More);
}
