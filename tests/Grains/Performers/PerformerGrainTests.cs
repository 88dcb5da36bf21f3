using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Performers;
using Actors.TestKit;
using static Actors.Grains.Tests.Performers.Stagehand;

namespace Actors.Grains.Tests.Performers;

public sealed class PerformerGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "BO-2")]
    public async Task Of_two_hundred_who_go_for_one_time_one_gets_it()
    {
        var performer = await OpenAsync("p-race");
        var start = Hour(3);

        var asked = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(number => performer.Hold(Hold($"b{number}", start)))
        );

        Assert.Single(asked, static one => one.Refusal is null);
        Assert.Equal(199, asked.Count(static one => one.Refusal == PerformerRefusals.NotAvailable));
        Assert.DoesNotContain(start, (await FreeAsync(performer)).Starts);
    }

    [Fact, Trait("Spec", "BO-2")]
    public async Task What_is_held_and_confirmed_survives_a_crash_and_lapses_to_the_second()
    {
        var performer = await OpenAsync("p-crash");
        var (held, confirmed) = (Hour(3), Hour(4));
        Assert.Null((await performer.Hold(Hold("held", held))).Refusal);
        Assert.Null((await performer.Hold(Hold("kept", confirmed))).Refusal);
        Assert.Null((await performer.Confirm(Confirm("kept", confirmed))).Refusal);
        await _engine.CrashAsync();
        performer = Performer("p-crash");

        var free = (await FreeAsync(performer)).Starts;
        Assert.DoesNotContain(held, free);
        Assert.DoesNotContain(confirmed, free);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(10));
        free = (await FreeAsync(performer)).Starts;
        Assert.Contains(held, free);
        Assert.DoesNotContain(confirmed, free);
        await performer.Free(new Delivery("booking/kept", 1), "kept");
        Assert.Contains(confirmed, (await FreeAsync(performer)).Starts);
    }

    [Fact, Trait("Spec", "BO-13")]
    public async Task Statistics_are_exact_whatever_is_told_twice_and_through_crashes()
    {
        var performer = await OpenAsync("p-counts");
        var now = _engine.Time.GetUtcNow();
        for (var round = 0; round < 2; round++)
        {
            await performer.NoteEnd(new Delivery("booking/a", 1), new CallEnd("a", CallEndKind.Completed, now));
            await performer.NoteRating(new Delivery("booking/a", 2), new CallRating("a", 4, null));
            await performer.NoteRating(new Delivery("booking/a", 3), new CallRating("a", 5, 4));
            await _engine.CrashAsync();
            performer = Performer("p-counts");
        }

        var view = (await performer.Get()).Value!;
        Assert.Equal((1L, 0L, 1L, 5L), (view.Completed, view.NoShows, view.Ratings, view.RatingSum));
    }

    [Fact, Trait("Spec", "BO-8")]
    public async Task Repeated_no_shows_close_the_calendar_and_flag_the_model_until_an_admin_reopens()
    {
        var performer = await OpenAsync("p-absent");
        var now = _engine.Time.GetUtcNow();
        for (var number = 1; number <= 3; number++)
        {
            await performer.NoteEnd(
                new Delivery($"booking/{number}", 1),
                new CallEnd($"{number}", CallEndKind.PerformerNoShow, now)
            );
        }

        Assert.Empty((await FreeAsync(performer)).Starts);
        Assert.Equal("NOT_AVAILABLE", (await performer.Hold(Hold("b", Hour(3)))).Refusal?.Code);
        Assert.NotNull((await performer.Get()).Value!.PausedByNoShows);
        var model = _engine.Grains.GetGrain<IModelProfileGrain>("p-absent");
        await _engine.EventuallyAsync(async () => (await model.Get()).Value!.Flagged);

        await performer.Reopen(Admin);
        Assert.NotEmpty((await FreeAsync(performer)).Starts);
    }

    [Fact, Trait("Spec", "BO-1")]
    public async Task A_performer_is_a_model_and_never_a_user_and_is_listed()
    {
        await _engine.Grains.GetGrain<IPersonGrain>("p-user").Introduce(PersonKind.User);
        var user = _engine.Grains.GetGrain<IPerformerGrain>("p-user");
        var directory = _engine.Grains.GetGrain<IPerformerDirectoryGrain>(IPerformerDirectoryGrain.Only);

        Assert.Equal("WRONG_ROLE", (await user.Set(Open())).Refusal?.Code);
        var made = await OpenAsync("p-listed");
        await _engine.EventuallyAsync(async () =>
            await directory.Find(PerformerListing.ShortNameOf("p-listed")) == "p-listed"
        );
        Assert.Equal("Ana", (await _engine.Grains.GetGrain<IModelProfileGrain>("p-listed").Get()).Value!.DisplayName);
        await made.Set(new SetPerformer(Admin, Status: PerformerStatus.Inactive));
        await _engine.EventuallyAsync(
            async () => (await directory.List(new PerformerListFilter(), 100, 0)).Performers,
            static listed => listed.All(static one => one.PerformerId != "p-listed")
        );
        var all = await directory.List(new PerformerListFilter(Inactive: true), 100, 0);
        Assert.Contains(all.Performers, static one => one.PerformerId == "p-listed");
    }

    [Fact, Trait("Spec", "BO-1")]
    public async Task A_refused_performer_makes_no_model_of_anybody()
    {
        var performer = _engine.Grains.GetGrain<IPerformerGrain>("p-refused");

        Assert.Equal("INVALID_TIME_ZONE", (await performer.Set(Open() with { TimeZone = "Nowhere" })).Refusal?.Code);
        Assert.NotNull((await _engine.Grains.GetGrain<IModelProfileGrain>("p-refused").Get()).Refusal);
        Assert.Equal("MODEL_NOT_FOUND", (await performer.Set(Open() with { DisplayName = null })).Refusal?.Code);
    }

    [Fact, Trait("Spec", "BO-1")]
    public async Task One_who_is_erased_is_nobody_and_takes_no_calls_through_a_crash()
    {
        var performer = await OpenAsync("p-erased");
        await _engine.Grains.GetGrain<IModelProfileGrain>("p-erased").Erase();
        await performer.Erase();
        await performer.Erase();

        Assert.Equal("PERFORMER_NOT_FOUND", (await performer.Get()).Refusal?.Code);
        await _engine.CrashAsync();
        performer = Performer("p-erased");
        Assert.Equal("PERFORMER_NOT_FOUND", (await performer.Get()).Refusal?.Code);
        Assert.Equal("PERFORMER_NOT_FOUND", (await performer.Hold(Hold("b", Hour(3)))).Refusal?.Code);
    }

    [Fact, Trait("Spec", "BO-1")]
    public async Task An_address_of_a_calendar_is_known_until_the_next_one_or_its_revocation()
    {
        var feed = _engine.Grains.GetGrain<ICalendarFeedGrain>("p-feed");
        var (first, second) = (
            await feed.Make(Admin, new byte[32]),
            await feed.Make(Admin, [.. Enumerable.Repeat((byte)7, 32)])
        );

        Assert.Equal("p-feed", CalendarAddress.PersonIn(first));
        Assert.Equal((false, true), (await feed.Knows(first), await feed.Knows(second)));
        Assert.False(await feed.Knows(second[..^1]));
        await _engine.CrashAsync();
        feed = _engine.Grains.GetGrain<ICalendarFeedGrain>("p-feed");
        Assert.True(await feed.Knows(second));
        await feed.Revoke(Admin);
        Assert.False(await feed.Knows(second));
    }

    private async Task<IPerformerGrain> OpenAsync(string id)
    {
        var performer = Performer(id);
        Assert.Null((await performer.Set(Open())).Refusal);
        return performer;
    }

    private IPerformerGrain Performer(string id) => _engine.Grains.GetGrain<IPerformerGrain>(id);

    private HoldTime Hold(string booking, DateTimeOffset start) =>
        Stagehand.Hold(booking, start, until: _engine.Time.GetUtcNow().AddMinutes(10));

    /// <summary>A whole hour, so many from now.</summary>
    private DateTimeOffset Hour(int hours)
    {
        var now = _engine.Time.GetUtcNow();
        return new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(hours);
    }

    private async Task<SlotList> FreeAsync(IPerformerGrain performer)
    {
        var now = _engine.Time.GetUtcNow();
        return (await performer.Slots(new SlotQuery(now, now.AddDays(1), 30, CallType.Video))).Value!;
    }
}
