using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Rooms;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Rooms;

/// <summary>The rooms that need no provider: what a platform has that has set none.</summary>
[Trait("Spec", "BO-6")]
public sealed class HostedRoomTests : IAsyncLifetime
{
    private const string Booking = "bk_1";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ToldBookings _bookings = new();
    private SimulatedGrainEngine _engine = null!;
    private DateTimeOffset _start;

    private IRoomGrain Room => _engine.Grains.GetGrain<IRoomGrain>(Booking);

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                Configure = services => services.AddSingleton<IIncomingGrainCallFilter>(_bookings),
            }
        );
        _start = _engine.Time.GetUtcNow() + (11 * Minute);
        await Room.Arrange(
            new Delivery("booking/bk_1", 1),
            new ArrangeRoom(Booking, "bo", "mia", _start, _start + (30 * Minute), _start + (35 * Minute), true, "Mia")
        );
        await UntilAsync(-5 * Minute);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_link_shows_whose_call_it_is_and_only_coming_in_is_evidence_once()
    {
        var token = await TokenAsync("bo");
        var seen = (await Room.Visit(token)).Value!;
        Assert.Equal(new RoomVisit("Mia", _start, _start + (30 * Minute), IsInside: false), seen);
        await _engine.AdvanceAsync(Minute);
        Assert.Empty(_bookings.Told);

        Assert.True((await Room.Report(token, RoomEventKind.Joined)).Value!.IsInside);
        await _engine.CrashAsync();
        Assert.True((await Room.Report(token, RoomEventKind.Joined)).Value!.IsInside);
        Assert.False((await Room.Report(token, RoomEventKind.Left)).Value!.IsInside);
        Assert.False((await Room.Report(token, RoomEventKind.Left)).Value!.IsInside);
        await Room.Report(token, RoomEventKind.Joined);

        await _engine.EventuallyAsync(() => _bookings.Told.Count == 3);
        await _engine.AdvanceAsync(Minute);
        Assert.Equal(
            [RoomEventKind.Joined, RoomEventKind.Left, RoomEventKind.Joined],
            _bookings.Told.Select(static one => one.Kind)
        );
        Assert.Equal(2, _bookings.Told.Select(static one => one.SessionId).Distinct().Count());
        Assert.All(_bookings.Told, static one => Assert.Equal("bo", one.PersonId));
    }

    [Fact]
    public async Task A_newer_link_of_the_same_person_ends_the_older_one_and_what_it_had_opened()
    {
        var first = await TokenAsync("bo");
        var others = await TokenAsync("mia");
        await Room.Report(first, RoomEventKind.Joined);

        var second = await TokenAsync("bo");

        Assert.Equal(RoomRefusals.RoomLinkReplaced, (await Room.Visit(first)).Refusal);
        Assert.Equal(RoomRefusals.RoomLinkReplaced, (await Room.Report(first, RoomEventKind.Left)).Refusal);
        await Room.Report(second, RoomEventKind.Joined);
        Assert.Null((await Room.Visit(others)).Refusal);
        await _engine.EventuallyAsync(() => _bookings.Told.Count == 3);
        Assert.Equal(
            [RoomEventKind.Joined, RoomEventKind.Left, RoomEventKind.Joined],
            _bookings.Told.Select(static one => one.Kind)
        );
        Assert.Equal(_bookings.Told[0].SessionId, _bookings.Told[1].SessionId);
    }

    [Fact]
    public async Task A_link_opens_nothing_once_the_call_is_over()
    {
        var token = await TokenAsync("bo");
        await UntilAsync(35 * Minute);
        Assert.Equal(RoomRefusals.RoomClosed, (await Room.Visit(token)).Refusal);
        Assert.Equal(RoomRefusals.RoomClosed, (await Room.Report(token, RoomEventKind.Joined)).Refusal);
        Assert.Empty(_bookings.Told);
    }

    [Fact]
    public async Task A_link_of_where_the_call_was_to_be_before_opens_nothing_where_it_is_now()
    {
        var token = await TokenAsync("bo");
        _start += 2 * Minute;
        await Room.Arrange(
            new Delivery("booking/bk_1", 2),
            new ArrangeRoom(Booking, "bo", "mia", _start, _start + (30 * Minute), _start + (35 * Minute), true, "Mia")
        );
        await Room.Join("mia");

        Assert.Equal(RoomRefusals.RoomLinkInvalid, (await Room.Visit(token)).Refusal);
        Assert.Null((await Room.Visit(await TokenAsync("bo"))).Refusal);
    }

    [Fact]
    public async Task A_link_that_was_touched_anywhere_opens_nothing()
    {
        var token = await TokenAsync("bo");
        Assert.Null((await Room.Visit(token)).Refusal);
        for (var at = 0; at < token.Length; at++)
        {
            var other = token[at] == 'A' ? 'B' : 'A';
            var touched = string.Concat(token.AsSpan(0, at), [other], token.AsSpan(at + 1));
            Assert.NotNull((await Room.Visit(touched)).Refusal);
            Assert.NotNull((await Room.Visit(token[..at])).Refusal);
        }
        Assert.Equal(
            RoomRefusals.RoomLinkInvalid,
            (await Room.Visit(token.Replace("user", "performer", StringComparison.Ordinal))).Refusal
        );
    }

    private async Task<string> TokenAsync(string person) => (await Room.Join(person)).Value!.Url["/rooms/".Length..];

    private Task UntilAsync(TimeSpan afterStart) =>
        _engine.AdvanceAsync(_start + afterStart - _engine.Time.GetUtcNow());
}
