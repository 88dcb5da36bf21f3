using System.Collections.Concurrent;
using Actors.Grains.Rooms;

namespace Actors.Grains.Tests.Rooms;

/// <summary>A provider that remembers what it was asked and answers as the test says.</summary>
internal sealed class ScriptedRooms : IRoomProvider
{
    private readonly ConcurrentQueue<string> _asked = new();

    public string Name => "scripted";

    public bool KnowsWhoIsInside => true;

    /// <summary>What was asked, such as <c>make bk_1-1</c>, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>Says why something that is asked fails; null lets it succeed.</summary>
    public Func<string, Task<string?>> Failure { get; set; } = static _ => Task.FromResult<string?>(null);

    public IReadOnlyList<RoomGuestSeen> Inside { get; set; } = [];

    public RoomPlan? Planned { get; private set; }

    public async Task<RoomAnswer<string>> MakeAsync(RoomPlan plan)
    {
        Planned = plan;
        return await AskAsync($"make {plan.Room}") is { } failure
            ? RoomAnswer<string>.Failed(failure)
            : $"https://rooms.example/{plan.Room}";
    }

    public async Task<RoomAnswer<string>> AdmitAsync(RoomPass pass) =>
        await AskAsync($"admit {pass.Guest}") is { } failure
            ? RoomAnswer<string>.Failed(failure)
            : $"{pass.Address}?t={pass.Guest}";

    public async Task<RoomAnswer<Nothing>> PutOutAsync(string room, string guest) =>
        await AskAsync($"put out {guest}") is { } failure ? RoomAnswer<Nothing>.Failed(failure) : Nothing.More;

    public async Task<RoomAnswer<IReadOnlyList<RoomGuestSeen>>> LookAsync(string room) =>
        await AskAsync($"look {room}") is { } failure
            ? RoomAnswer<IReadOnlyList<RoomGuestSeen>>.Failed(failure)
            : new RoomAnswer<IReadOnlyList<RoomGuestSeen>>(Inside, null);

    public async Task<RoomAnswer<Nothing>> DeleteAsync(string room) =>
        await AskAsync($"delete {room}") is { } failure ? RoomAnswer<Nothing>.Failed(failure) : Nothing.More;

    public int Count(string asked) => Asked.Count(one => one == asked);

    private Task<string?> AskAsync(string what)
    {
        _asked.Enqueue(what);
        return Failure(what);
    }
}
