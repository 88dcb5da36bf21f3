using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;
using Actors.Grains.Bookings;
using static Actors.Grains.Tests.Bookings.Calls;

namespace Actors.Grains.Tests.Bookings;

[Trait("Spec", "BO-8")]
public sealed class CallEvidenceTests
{
    [Fact]
    public void Who_was_there_decides_how_the_call_ended_and_what_comes_back()
    {
        var (user, performer) = (Joined(User, Start), Joined(Performer, Start));

        Assert.Equal((CallEndKind.Completed, 0), Judge(user, performer));
        Assert.Equal((CallEndKind.PerformerNoShow, 100), Judge(user));
        Assert.Equal((CallEndKind.UserNoShow, 0), Judge(performer));
        Assert.Equal((CallEndKind.BothAbsent, 100), Judge());
    }

    [Fact]
    public void Whoever_comes_too_late_was_not_there_and_in_the_last_moment_was()
    {
        Assert.False(WasThere(Joined(User, End)));
        Assert.True(WasThere(Joined(User, End.AddTicks(-1))));
    }

    [Fact]
    public void Whoever_waits_and_goes_before_it_begins_was_not_there()
    {
        Assert.False(WasThere(Joined(User, Start.AddMinutes(-9)), Left(User, Start.AddMinutes(-1))));
        Assert.True(WasThere(Joined(User, Start.AddMinutes(-9)), Left(User, Start.AddMinutes(1))));
    }

    /// <summary>cal.com #18163: a guest was taken for absent although she had joined.</summary>
    [Fact]
    public void A_reconnect_whose_first_session_ends_late_is_no_absence() =>
        Assert.True(
            WasThere(
                Joined(User, Start.AddMinutes(-9), "first"),
                Joined(User, Start.AddMinutes(-5), "second"),
                Left(User, Start.AddMinutes(-4), "first")
            )
        );

    [Fact]
    public void Short_disconnections_change_nothing()
    {
        List<Attendance> seen = [Joined(Performer, Start, "p")];
        for (var minute = 0; minute < 30; minute++)
        {
            seen.Add(Joined(User, Start.AddMinutes(minute), $"s{minute}"));
            seen.Add(Left(User, Start.AddMinutes(minute).AddSeconds(50), $"s{minute}"));
        }
        Assert.Equal((CallEndKind.Completed, 0), Judge([.. seen]));
    }

    [Fact]
    public void In_whatever_order_and_however_often_the_events_come_the_verdict_is_the_same()
    {
        Attendance[] seen =
        [
            Joined(User, Start.AddMinutes(-5), "a"),
            Left(User, Start.AddMinutes(-4), "a"),
            Joined(User, Start.AddMinutes(2), "b"),
            Left(User, Start.AddMinutes(20), "b"),
            Joined(Performer, Start.AddMinutes(-8), "c"),
            Left(Performer, Start.AddMinutes(-7), "c"),
        ];
        var expected = Judge(seen);
        Assert.Equal((CallEndKind.PerformerNoShow, 100), expected);
        for (var seed = 0; seed < 200; seed++)
        {
            var shuffled = seen.Concat(seen).ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, Judge(shuffled));
        }
    }

    [Fact]
    public void A_leave_whose_join_got_lost_is_evidence_as_well() =>
        Assert.True(WasThere(Left(User, Start.AddMinutes(3))));

    [Fact]
    public void Whoever_comes_and_goes_for_ever_leaves_room_for_the_other()
    {
        var seen = Enumerable
            .Range(0, 500)
            .Select(static n => Joined(User, Start.AddSeconds(n), $"s{n}"))
            .Append(Joined(Performer, End.AddSeconds(-1), "p"));

        var stays = Stays(seen);
        Assert.InRange(stays.Length, 2, CallEvidence.MostStays);
        Assert.Equal(CallEndKind.Completed, CallEvidence.Judge(stays, Terms).Kind);
    }

    private static (CallEndKind, int) Judge(params IEnumerable<Attendance> seen) =>
        CallEvidence.Judge(Stays(seen), Terms);

    private static bool WasThere(params IEnumerable<Attendance> seen) =>
        CallEvidence.WasThere(Stays(seen), User, Terms);
}
