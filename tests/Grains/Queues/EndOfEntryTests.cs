using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Queues;

public sealed class EndOfEntryTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "PM-6")]
    public async Task Of_two_ends_at_once_one_wins_every_time()
    {
        var stage = new Stage(_engine, "e-race");
        for (var round = 0; round < 20; round++)
        {
            var user = $"user-{round}";
            var waiting = await stage.EnterAsync(user);
            await OneWinsAsync(
                stage.RejectAsync(waiting, $"r{round}"),
                stage.CancelAsync(waiting, user, key: $"c{round}")
            );
            var started = await stage.EnterStartedAsync();
            await OneWinsAsync(stage.CompleteAsync(started, $"d{round}"), stage.RejectAsync(started, $"s{round}"));
        }
        Assert.Empty(await stage.OrderAsync());

        static async Task OneWinsAsync(params Task<Outcome<FinishedEntry>>[] ends)
        {
            var outcomes = await Task.WhenAll(ends);
            Assert.Single(outcomes, static outcome => outcome.Refusal is null);
            Assert.Single(outcomes, static outcome => CodeOf(outcome) == QueueRefusals.EntryFinishedCode);
        }
    }

    [Fact, Trait("Spec", "PM-6")]
    public async Task A_start_and_an_end_at_once_each_have_their_answer()
    {
        var stage = new Stage(_engine, "e-start");
        for (var round = 0; round < 10; round++)
        {
            var id = await stage.EnterAsync();
            var (starting, rejecting) = (stage.StartAsync(id), stage.RejectAsync(id, $"r{round}"));

            Assert.Null((await rejecting).Refusal);
            var started = await starting;
            Assert.True(
                started.Value is { Status: EntryStatus.Started, Position: 1 }
                    || CodeOf(started) == QueueRefusals.EntryFinishedCode
            );
        }
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task Repeated_with_its_key_a_command_has_the_same_answer_at_once_and_after_a_crash()
    {
        var stage = new Stage(_engine, "e-repeat");
        var id = await stage.EnterStartedAsync(tokens: 101);

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => stage.CompleteAsync(id, "one", 33)));
        await _engine.CrashAsync();
        var later = await stage.CompleteAsync(id, "one", 33);
        await _engine.DeactivateAllAsync();

        Assert.Equal(later, Assert.Single(all.Distinct()));
        Assert.Equal(later, await stage.CompleteAsync(id, "one", 33));
        Assert.Equal((Of(33), Of(68)), (later.Value!.Captured, later.Value.Refunded));
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task A_key_used_for_something_else_is_refused_and_changes_nothing()
    {
        var stage = new Stage(_engine, "e-reused");
        var (id, other) = (await stage.EnterStartedAsync(), await stage.EnterStartedAsync());
        await stage.CompleteAsync(id, "one", 33);

        foreach (var live in new[] { true, false })
        {
            Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, CodeOf(await stage.CompleteAsync(id, "one", 34)));
            Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, CodeOf(await stage.CompleteAsync(other, "one", 33)));
            Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, CodeOf(await stage.RejectAsync(other, "one")));
            if (live)
            {
                await _engine.CrashAsync();
            }
        }
        Assert.Equal([other], await stage.OrderAsync());
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task The_same_key_of_two_callers_names_two_commands()
    {
        var stage = new Stage(_engine, "e-callers");
        var (first, second) = (await stage.EnterAsync("ana"), await stage.EnterAsync("bo"));

        Assert.Null((await stage.CancelAsync(first, "ana", "k")).Refusal);
        Assert.Null((await stage.CancelAsync(second, "bo", "k")).Refusal);
        var third = await stage.EnterAsync();
        Assert.Null((await stage.RejectAsync(third, "k")).Refusal);
    }

    [Fact, Trait("Spec", "PM-6")]
    public async Task What_is_finished_is_told_from_what_never_was_but_not_to_strangers()
    {
        var stage = new Stage(_engine, "e-finished");
        var id = await stage.EnterStartedAsync("ana");
        Assert.Equal(QueueRefusals.EntryStartedCode, CodeOf(await stage.CancelAsync(id, "ana")));
        Assert.Equal(QueueRefusals.EntryNotFoundCode, CodeOf(await stage.CancelAsync(id, "bo")));
        await stage.CompleteAsync(id, "one");
        await _engine.CrashAsync();

        Assert.Equal(QueueRefusals.EntryFinishedCode, CodeOf(await stage.CompleteAsync(id, "two")));
        Assert.Equal(QueueRefusals.EntryFinishedCode, CodeOf(await stage.RejectAsync(id, "three")));
        Assert.Equal(QueueRefusals.EntryFinishedCode, CodeOf(await stage.StartAsync(id)));
        Assert.Equal(QueueRefusals.EntryFinishedCode, CodeOf(await stage.CancelAsync(id, "ana")));
        Assert.Equal(QueueRefusals.EntryNotFoundCode, CodeOf(await stage.CancelAsync(id, "bo")));
        var unknown = PurchaseId.Of(77, 7);
        Assert.Equal(QueueRefusals.EntryNotFoundCode, CodeOf(await stage.StartAsync(unknown)));
        Assert.Equal(QueueRefusals.EntryNotFoundCode, CodeOf(await stage.CompleteAsync(unknown, "four")));
        Assert.Equal(QueueRefusals.EntryNotFoundCode, CodeOf(await stage.CancelAsync(unknown, "ana", "five")));
    }

    [Fact, Trait("Spec", "PM-6")]
    public async Task What_was_not_started_or_is_out_of_range_is_not_completed()
    {
        var stage = new Stage(_engine, "e-refused");
        var id = await stage.EnterAsync();

        Assert.Equal(QueueRefusals.EntryNotStartedCode, CodeOf(await stage.CompleteAsync(id)));
        Assert.Equal(QueueRefusals.InvalidDeliverPercentCode, CodeOf(await stage.CompleteAsync(id, percent: 0)));
        Assert.Equal(QueueRefusals.InvalidDeliverPercentCode, CodeOf(await stage.CompleteAsync(id, percent: 101)));
        var longer = new string('x', LedgerRefusals.MaxReasonLength + 1);
        Assert.Equal(LedgerRefusals.InvalidReasonCode, CodeOf(await stage.RejectAsync(id, reason: longer)));
        // A refusal uses up no key.
        await stage.StartAsync(id);
        Assert.Null((await stage.CompleteAsync(id)).Refusal);
    }

    [Fact, Trait("Spec", "PM-6")]
    public async Task An_entry_times_out_while_the_grain_runs()
    {
        var stage = new Stage(_engine, "e-active");
        var (old, young) = (
            await stage.EnterAsync("u-active", age: TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5)),
            await stage.EnterAsync()
        );
        var ticket = await stage.ReserveAsync();
        var started = await stage.EnterAsync(ticket: ticket, age: TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5));
        await stage.StartAsync(started);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(4));
        Assert.Equal([started, old, young], await stage.OrderAsync());

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal([young], await stage.OrderAsync());
        await stage.EventuallyToldAsync("u-active", "queue_timed_out");
        Assert.Equal(QueueRefusals.EntryFinishedCode, CodeOf(await stage.CompleteAsync(started)));
        Assert.Equal(QueueRefusals.EntryFinishedCode, CodeOf(await stage.CancelAsync(old, "u-active")));
    }

    [Fact, Trait("Spec", "PM-6")]
    public async Task An_entry_whose_time_ran_out_while_nothing_ran_is_timed_out_by_itself_once()
    {
        var stage = new Stage(_engine, "e-asleep");
        var id = await stage.EnterAsync("u-asleep", age: TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5));
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(30));
        await _engine.CrashAsync();

        var told = await stage.EventuallyToldAsync("u-asleep", "queue_timed_out");
        Assert.Single(told.Notifications);
        Assert.Empty(await stage.OrderAsync());
        Assert.Equal(QueueRefusals.EntryFinishedCode, CodeOf(await stage.RejectAsync(id)));
        Assert.Equal(2, (await stage.Queue.View(null)).Version);
    }
}
