using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Exports;

namespace Actors.Grains.Tests.Exports;

[Trait("Spec", "AC-2")]
public sealed class ExportRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ExportRequested Asked = new(Now, 7, PersonKind.User);

    [Fact]
    public void While_one_is_being_made_there_is_no_other()
    {
        var exports = After(Asked, new ExportBegun(Now));

        var again = ExportRules.Decide(exports, PersonKind.User, Now.AddHours(9));

        Assert.Equal((null, null), (again.Refusal, again.Value));
    }

    [Fact]
    public void In_any_24_hours_there_are_so_many_and_then_one_when_the_first_is_a_day_old()
    {
        var exports = PersonsExports.None;
        for (var number = 0; number < IExportGrain.PerDay; number++)
        {
            var at = Now.AddHours(number);
            var asked = ExportRules.Decide(exports, PersonKind.User, at).Value!;
            exports = After(exports, asked, new ExportBegun(at), new ExportReady(at, 9));
        }
        var last = Now.AddHours(24).AddTicks(-1);

        var refusal = ExportRules.Decide(exports, PersonKind.User, last).Refusal;

        Assert.Equal((ExportRefusals.TooManyExportsCode, Now.AddHours(24)), (refusal?.Code, refusal?.ResetTime));
        Assert.NotNull(ExportRules.Decide(exports, PersonKind.User, Now.AddHours(24)).Value);
    }

    [Fact]
    public void Each_has_a_number_of_its_own_also_when_the_clock_goes_back()
    {
        var first = ExportRules.Decide(PersonsExports.None, PersonKind.User, Now).Value!;
        var exports = After(first, new ExportBegun(Now), new ExportReady(Now, 9));

        var next = ExportRules.Decide(exports, PersonKind.User, Now.AddHours(-1)).Value!;

        Assert.True(next.Number > first.Number);
    }

    [Fact]
    public void Who_is_erased_gets_none()
    {
        var exports = After(Asked, new ExportErased(Now));

        var refusal = ExportRules.Decide(exports, PersonKind.User, Now).Refusal;

        Assert.Equal(IdentityRefusals.PersonErasedCode, refusal?.Code);
        Assert.Null(ExportRules.DecideErasure(exports, Now));
        Assert.Null(exports.Job);
    }

    [Fact]
    public void It_is_begun_so_often_and_has_failed_then()
    {
        var exports = After(Asked);
        for (var attempt = 1; attempt <= ExportRules.MostAttempts; attempt++)
        {
            var due = exports.Job!.Due!.Value;
            Assert.Null(DecideDue(exports, due.AddTicks(-1)));
            var begun = Assert.IsType<ExportBegun>(DecideDue(exports, due));
            exports = After(exports, begun);
            exports = After(exports, ExportRules.DecideMade(exports, exports.Job!, null, due)!);
        }

        var end = DecideDue(exports, exports.Job!.Due!.Value);

        Assert.IsType<ExportFailed>(end);
        exports = After(exports, end!);
        Assert.Equal((ExportStatus.Failed, null), (exports.Job!.Status, exports.Job.Due));
        Assert.Equal(ExportRules.MostAttempts, Assert.Single(exports.Doomed).Attempts);
        Assert.Equal(ExportRefusals.ExportNotFoundCode, ExportRules.Find(exports, Now).Refusal?.Code);
    }

    [Fact]
    public void Whoever_makes_it_is_looked_after_and_where_there_is_no_place_it_waits()
    {
        var exports = After(Asked);
        Assert.IsType<ExportPutOff>(ExportRules.DecideDue(exports, isMaking: false, hasPlace: false, Now));
        exports = After(exports, new ExportBegun(Now));
        var due = Now + ExportRules.LookAfter;
        Assert.Equal(due, exports.NextDue);

        var on = ExportRules.DecideDue(exports, isMaking: true, hasPlace: true, due)!;

        Assert.Equal(new ExportWentOn(due), on);
        Assert.Equal(due + ExportRules.LookAfter, After(exports, on).NextDue);
        Assert.IsType<ExportBegun>(DecideDue(exports, due));
    }

    [Fact]
    public void What_an_attempt_brings_counts_for_that_attempt_only()
    {
        var first = After(Asked, new ExportBegun(Now));
        var second = After(first, new ExportBegun(Now));
        var other = After(second, new ExportFailed(Now), new ExportRequested(Now, 8, PersonKind.User));

        Assert.Equal(new ExportReady(Now, 9), ExportRules.DecideMade(first, first.Job!, 9, Now));
        Assert.Null(ExportRules.DecideMade(second, first.Job!, 9, Now));
        Assert.Null(ExportRules.DecideMade(other, second.Job!, 9, Now));
        Assert.Null(ExportRules.DecideMade(After(first, new ExportErased(Now)), first.Job!, 9, Now));
    }

    [Fact]
    public void It_is_there_for_a_day_to_the_tick_whether_the_agenda_has_come_to_it_or_not()
    {
        var exports = After(Asked, new ExportBegun(Now), new ExportReady(Now, 9));
        var end = Now + IExportGrain.KeptFor;

        Assert.Equal(new ExportFile(7, 1, 9), ExportRules.Find(exports, end.AddTicks(-1)).Value);
        Assert.Equal(ExportRefusals.ExportNotFoundCode, ExportRules.Find(exports, end).Refusal?.Code);
        Assert.Equal(ExportStatus.Expired, ExportRules.StatusOf(exports.Job!, end));
        Assert.Equal(new ExportExpired(end), DecideDue(exports, end));
        Assert.Equal(
            ExportRefusals.ExportNotReadyCode,
            ExportRules.Find(After(Asked, new ExportBegun(Now)), Now).Refusal?.Code
        );
    }

    [Fact]
    public void What_is_over_is_to_be_deleted_until_it_is_and_what_may_still_be_written_a_moment_later()
    {
        var ready = After(Asked, new ExportBegun(Now), new ExportReady(Now, 9));
        DoomedExport gone = new(7, 1, Now);

        Assert.Equal([gone], After(ready, new ExportExpired(Now)).Doomed);
        Assert.Equal([gone], After(ready, new ExportErased(Now)).Doomed);
        Assert.Equal([gone], After(ready, new ExportRequested(Now, 8, PersonKind.User)).Doomed);
        Assert.Equal(
            [gone with { Due = Now + ExportRules.LookAfter }],
            After(Asked, new ExportBegun(Now), new ExportErased(Now)).Doomed
        );
        var later = After(ready, new ExportExpired(Now), new DeletionPutOff(Now));
        Assert.Equal(Now + ExportRules.DeleteAgainAfter, later.NextDue);
        Assert.Null(After(later, new ExportsDeleted(Now, [7])).NextDue);
    }

    private static ExportEvent? DecideDue(PersonsExports exports, DateTimeOffset now) =>
        ExportRules.DecideDue(exports, isMaking: false, hasPlace: true, now);

    private static PersonsExports After(params ExportEvent[] events) => After(PersonsExports.None, events);

    private static PersonsExports After(PersonsExports exports, params ExportEvent[] events) =>
        events.Aggregate(exports, ExportFold.Evolve);
}
