using System.Text;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Rooms;
using Actors.Grains.Rooms;
using Actors.Journal;
using Actors.TestKit;
using Actors.TestKit.Journals;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Rooms;

[Trait("Spec", "BO-6")]
public sealed class RoomGrainTests : IAsyncLifetime
{
    private const string Booking = "bk_1";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ScriptedRooms _rooms = new();
    private readonly ToldBookings _bookings = new();
    private SimulatedGrainEngine _engine = null!;
    private DateTimeOffset _start;
    private long _deliveries;

    private IRoomGrain Room => _engine.Grains.GetGrain<IRoomGrain>(Booking);

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                Configure = services =>
                    services
                        .AddSingleton(new RoomProviders(_rooms, new HostedRooms(new RoomOptions())))
                        .AddSingleton<IIncomingGrainCallFilter>(_bookings),
            }
        );
        _start = _engine.Time.GetUtcNow().AddHours(2);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_room_is_made_minutes_before_the_call_and_only_for_its_time_also_after_a_crash()
    {
        await ArrangeAsync();
        await UntilAsync(-16 * Minute);
        Assert.Empty(_rooms.Asked);
        await _engine.CrashAsync();
        await UntilAsync(-14 * Minute);

        Assert.Equal(["make bk_1-1"], _rooms.Asked);
        Assert.Equal(
            new RoomPlan("bk_1-1", _start - (10 * Minute), _start + (35 * Minute), WithVideo: true),
            _rooms.Planned
        );
    }

    [Fact]
    public async Task Links_are_given_from_ten_minutes_before_the_start_until_the_room_closes_and_to_nobody_else()
    {
        await ArrangeAsync();
        await UntilAsync((-10 * Minute) - TimeSpan.FromSeconds(1));
        var early = await Room.Join("bo");
        Assert.Equal(
            (RoomRefusals.RoomNotOpenCode, _start - (10 * Minute)),
            (early.Refusal!.Code, early.Refusal.ResetTime)
        );

        await UntilAsync(-10 * Minute);
        var link = (await Room.Join("bo")).Value!;
        Assert.StartsWith("https://rooms.example/bk_1-1?t=user-", link.Url, StringComparison.Ordinal);
        Assert.Equal((_start - (10 * Minute), _start + (35 * Minute)), (link.OpensAt, link.ExpiresAt));
        Assert.Contains("?t=performer-", (await Room.Join("mia")).Value!.Url, StringComparison.Ordinal);
        Assert.Equal(RoomRefusals.RoomClosed, (await Room.Join("cleo")).Refusal);

        await UntilAsync((35 * Minute) - TimeSpan.FromSeconds(1));
        Assert.Null((await Room.Join("mia")).Refusal);
        await UntilAsync(35 * Minute);
        Assert.Equal(RoomRefusals.RoomClosed, (await Room.Join("bo")).Refusal);
        Assert.Equal(RoomRefusals.RoomClosed, (await Room.Join("mia")).Refusal);
        Assert.Equal(1, _rooms.Count("delete bk_1-1"));
    }

    [Fact]
    public async Task After_the_call_was_ended_nobody_gets_in_although_its_time_is_not_over()
    {
        await ArrangeAsync();
        await UntilAsync(5 * Minute);
        Assert.Null((await Room.Join("bo")).Refusal);

        await Room.Close(Delivery(), "completed");

        Assert.Equal(RoomRefusals.RoomClosed, (await Room.Join("bo")).Refusal);
        await _engine.CrashAsync();
        Assert.Equal(RoomRefusals.RoomClosed, (await Room.Join("mia")).Refusal);
        await _engine.EventuallyAsync(() => _rooms.Count("delete bk_1-1") > 0);
        await ArrangeAsync();
        Assert.Equal(RoomRefusals.RoomClosed, (await Room.Join("mia")).Refusal);
    }

    [Fact]
    public async Task A_second_device_replaces_the_first_of_the_same_person_and_nobody_elses()
    {
        await ArrangeAsync();
        await UntilAsync(Minute);
        var first = GuestIn((await Room.Join("bo")).Value!);
        var others = GuestIn((await Room.Join("mia")).Value!);
        Assert.DoesNotContain(_rooms.Asked, static one => one.StartsWith("put out", StringComparison.Ordinal));

        _rooms.Failure = static asked =>
            Task.FromResult(asked.StartsWith("put out", StringComparison.Ordinal) ? "away" : null);
        var second = GuestIn((await Room.Join("bo")).Value!);
        Assert.NotEqual(first, second);
        Assert.Equal(1, _rooms.Count($"put out {first}"));

        await _engine.CrashAsync();
        _rooms.Failure = static _ => Task.FromResult<string?>(null);
        await _engine.AdvanceAsync(Minute);
        Assert.Equal(2, _rooms.Count($"put out {first}"));
        await _engine.AdvanceAsync(5 * Minute);
        Assert.Equal(2, _rooms.Count($"put out {first}"));
        Assert.Equal(0, _rooms.Count($"put out {second}") + _rooms.Count($"put out {others}"));
    }

    [Fact]
    public async Task A_call_that_moves_gets_another_room_and_the_old_one_goes()
    {
        await ArrangeAsync();
        await UntilAsync(-9 * Minute);
        var old = (await Room.Join("bo")).Value!;
        await Room.Hear(Said("s1", RoomEventKind.Joined, GuestIn(old)));
        _start = _start.AddHours(1);
        await ArrangeAsync();

        Assert.Equal(RoomRefusals.RoomNotOpenCode, (await Room.Join("bo")).Refusal!.Code);
        await _engine.EventuallyAsync(() => _rooms.Count("delete bk_1-1") == 1);
        await UntilAsync(-14 * Minute);
        Assert.Equal(1, _rooms.Count("make bk_1-2"));
        await UntilAsync(-9 * Minute);
        var now = (await Room.Join("bo")).Value!;
        Assert.StartsWith("https://rooms.example/bk_1-2?t=", now.Url, StringComparison.Ordinal);
        Assert.NotEqual(GuestIn(old), GuestIn(now));
    }

    [Fact]
    public async Task The_same_arrangement_twice_changes_nothing()
    {
        await ArrangeAsync();
        await UntilAsync(-9 * Minute);
        var guest = GuestIn((await Room.Join("bo")).Value!);
        await ArrangeAsync();

        Assert.Equal(1, _rooms.Count("make bk_1-1"));
        Assert.Equal(0, _rooms.Count("delete bk_1-1"));
        await Room.Hear(Said("s1", RoomEventKind.Joined, guest));
        await _engine.EventuallyAsync(() => _bookings.Told.Count == 1);
    }

    [Fact]
    public async Task A_provider_that_stays_away_is_asked_again_and_then_the_call_takes_place_in_a_room_of_ours()
    {
        _rooms.Failure = static _ => Task.FromResult<string?>("away");
        await ArrangeAsync();
        await UntilAsync(-10 * Minute);
        var tries = _rooms.Count("make bk_1-1");
        Assert.InRange(tries, 4, 10);

        var link = (await Room.Join("bo")).Value!;
        Assert.StartsWith("/rooms/bk_1.user-", link.Url, StringComparison.Ordinal);
        // What may have been made all the same goes.
        await _engine.EventuallyAsync(() => _rooms.Count("delete bk_1-1") > 0);

        _rooms.Failure = static _ => Task.FromResult<string?>(null);
        Assert.StartsWith("/rooms/bk_1.performer-", (await Room.Join("mia")).Value!.Url, StringComparison.Ordinal);
        Assert.Equal(tries, _rooms.Count("make bk_1-1"));
    }

    [Fact]
    public async Task Whoever_comes_before_the_room_is_there_gets_one_more_try_and_then_a_room_of_ours()
    {
        _start = _engine.Time.GetUtcNow() + (2 * Minute);
        var hangs = new TaskCompletionSource<string?>();
        _rooms.Failure = _ => hangs.Task;
        await ArrangeAsync();
        await _engine.EventuallyAsync(() => _rooms.Count("make bk_1-1") == 1);

        _rooms.Failure = static _ => Task.FromResult<string?>("away");
        Assert.StartsWith("/rooms/", (await Room.Join("bo")).Value!.Url, StringComparison.Ordinal);
        hangs.SetResult(null);
        await _engine.AdvanceAsync(Minute);
        Assert.StartsWith("/rooms/", (await Room.Join("mia")).Value!.Url, StringComparison.Ordinal);
        Assert.Equal(2, _rooms.Count("make bk_1-1"));
    }

    [Fact]
    public async Task A_provider_that_lets_nobody_in_loses_the_call_unless_somebody_is_inside()
    {
        await ArrangeAsync();
        await UntilAsync(-5 * Minute);
        _rooms.Failure = static asked =>
            Task.FromResult(asked.StartsWith("admit", StringComparison.Ordinal) ? "away" : null);
        Assert.StartsWith("/rooms/", (await Room.Join("bo")).Value!.Url, StringComparison.Ordinal);
        await _engine.EventuallyAsync(() => _rooms.Count("delete bk_1-1") == 1);
    }

    [Fact]
    public async Task While_somebody_is_inside_the_other_one_is_told_to_try_again()
    {
        await ArrangeAsync();
        await UntilAsync(-5 * Minute);
        var mia = GuestIn((await Room.Join("mia")).Value!);
        await Room.Hear(Said("s1", RoomEventKind.Joined, mia));
        _rooms.Failure = static asked =>
            Task.FromResult(asked.StartsWith("admit", StringComparison.Ordinal) ? "away" : null);

        Assert.Equal(RoomRefusals.RoomUnavailable, (await Room.Join("bo")).Refusal);

        _rooms.Failure = static _ => Task.FromResult<string?>(null);
        Assert.StartsWith("https://rooms.example/", (await Room.Join("bo")).Value!.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletion_is_repeated_until_the_provider_says_that_the_room_is_gone()
    {
        _rooms.Failure = static asked =>
            Task.FromResult(asked.StartsWith("delete", StringComparison.Ordinal) ? "away" : null);
        await ArrangeAsync();
        await UntilAsync(35 * Minute);
        await _engine.AdvanceAsync(TimeSpan.FromHours(3));
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromHours(3));
        var tries = _rooms.Count("delete bk_1-1");
        Assert.InRange(tries, 8, 30);

        _rooms.Failure = static _ => Task.FromResult<string?>(null);
        await _engine.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(tries + 1, _rooms.Count("delete bk_1-1"));
        await _engine.AdvanceAsync(TimeSpan.FromHours(48));
        Assert.Equal(tries + 1, _rooms.Count("delete bk_1-1"));
    }

    [Fact]
    public async Task A_room_whose_making_was_cut_off_by_a_crash_is_deleted_when_the_call_is_cancelled()
    {
        _rooms.Failure = static _ => new TaskCompletionSource<string?>().Task;
        await ArrangeAsync();
        await UntilAsync(-14 * Minute);
        var tries = _rooms.Count("make bk_1-1");
        Assert.NotEqual(0, tries);
        await _engine.CrashAsync();
        _rooms.Failure = static _ => Task.FromResult<string?>(null);

        await Room.Close(Delivery(), "cancelled");
        await UntilAsync(Minute);

        Assert.Equal((tries, 1), (_rooms.Count("make bk_1-1"), _rooms.Count("delete bk_1-1")));
    }

    [Fact]
    public async Task Nothing_is_asked_of_a_provider_before_it_is_durable_that_it_is()
    {
        _engine.Journal.Fault = commit =>
            Has(commit, "room.chore-begun") ? AppendFault.BeforeWriting : AppendFault.None;
        await ArrangeAsync();
        await UntilAsync(-14 * Minute);
        Assert.Empty(_rooms.Asked);

        _engine.Journal.Fault = null;
        await UntilAsync(-9 * Minute);
        Assert.Equal(1, _rooms.Count("make bk_1-1"));
    }

    [Fact]
    [Trait("Spec", "BO-8")]
    public async Task Who_came_and_went_is_told_once_however_often_and_in_whatever_order_the_provider_says_so()
    {
        await ArrangeAsync();
        await UntilAsync(-Minute);
        var bo = GuestIn((await Room.Join("bo")).Value!);
        _bookings.IsUnreachable = true;
        RoomEvent[] said =
        [
            Said("s2", RoomEventKind.Left, bo),
            Said("s1", RoomEventKind.Joined, bo),
            Said("s1", RoomEventKind.Joined, bo) with
            {
                EventId = "another",
            },
            Said("s1", RoomEventKind.Left, bo),
            Said("s2", RoomEventKind.Joined, bo),
        ];
        foreach (var one in said.Concat(said))
        {
            Assert.Null((await Room.Hear(one)).Refusal);
        }
        await _engine.CrashAsync();
        _bookings.IsUnreachable = false;
        foreach (var one in said)
        {
            await Room.Hear(one);
        }

        await _engine.EventuallyAsync(() => _bookings.Told.Count == 4);
        await _engine.AdvanceAsync(Minute);
        Assert.Equal(
            [
                ("s2", RoomEventKind.Left, "bo"),
                ("s1", RoomEventKind.Joined, "bo"),
                ("s1", RoomEventKind.Left, "bo"),
                ("s2", RoomEventKind.Joined, "bo"),
            ],
            _bookings.Told.Select(static one => (one.SessionId, one.Kind, one.PersonId))
        );
    }

    [Fact]
    public async Task What_is_of_no_room_or_person_of_the_call_is_no_evidence()
    {
        await ArrangeAsync();
        await UntilAsync(-Minute);
        Assert.EndsWith("t=user-1", (await Room.Join("bo")).Value!.Url, StringComparison.Ordinal);
        await Room.Hear(Said("s0", RoomEventKind.Joined, "user-0"));
        await Room.Hear(Said("s1", RoomEventKind.Joined, "user-1") with { Room = "bk_2-1" });
        await Room.Hear(Said("s2", RoomEventKind.Joined, "somebody"));
        await Room.Hear(Said("s3", RoomEventKind.Joined, "user-1") with { Room = "bk_1-7" });
        await Room.Hear(Said("s4", RoomEventKind.Joined, "user-1"));

        await _engine.EventuallyAsync(() => _bookings.Told.Count > 0);
        Assert.Equal("s4", Assert.Single(_bookings.Told).SessionId);
    }

    [Fact]
    [Trait("Spec", "BO-8")]
    public async Task Whoever_is_inside_although_no_webhook_said_so_is_found_by_looking()
    {
        await ArrangeAsync();
        await UntilAsync(-Minute);
        var bo = GuestIn((await Room.Join("bo")).Value!);
        var mia = GuestIn((await Room.Join("mia")).Value!);
        _rooms.Inside = [new RoomGuestSeen(bo, "s1", _start)];
        await UntilAsync(2 * Minute);
        Assert.Equal("bo", Assert.Single(_bookings.Told).PersonId);

        _rooms.Inside = [new RoomGuestSeen(bo, "s1", _start), new RoomGuestSeen(mia, "s2", _start + (2 * Minute))];
        await UntilAsync(6 * Minute);
        Assert.Equal(["bo", "mia"], _bookings.Told.Select(static one => one.PersonId));
        var looks = _rooms.Count("look bk_1-1");
        await UntilAsync(30 * Minute);
        Assert.Equal(looks, _rooms.Count("look bk_1-1"));
    }

    private Task ArrangeAsync() =>
        Room.Arrange(
            Delivery(),
            new ArrangeRoom(
                Booking,
                "bo",
                "mia",
                _start,
                _start + (30 * Minute),
                _start + (35 * Minute),
                WithVideo: true,
                "Mia"
            )
        );

    private Delivery Delivery() => new($"booking/{Booking}", ++_deliveries);

    private Task UntilAsync(TimeSpan afterStart) =>
        _engine.AdvanceAsync(_start + afterStart - _engine.Time.GetUtcNow());

    private RoomEvent Said(string session, RoomEventKind kind, string guest) =>
        new($"{session}-{kind}", kind, "bk_1-1", guest, session, _engine.Time.GetUtcNow());

    private static string GuestIn(JoinLink link) => link.Url.Split("?t=")[1];

    private static bool Has(Commit commit, string name) =>
        commit.Events.Any(json => Encoding.UTF8.GetString(json.Span).Contains(name, StringComparison.Ordinal));
}
