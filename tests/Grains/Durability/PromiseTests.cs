using Actors.GrainInterfaces.Durability;
using Actors.TestKit;
using Actors.TestKit.Journals;

namespace Actors.Grains.Tests.Durability;

/// <summary>Each promise of <c>EventSourcedGrain</c> against a journal that is held up or fails on purpose.</summary>
[Trait("Spec", "SE-3")]
public sealed class PromiseTests : IAsyncLifetime
{
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { GrainAssemblies = [typeof(CounterGrain).Assembly] }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Nothing_is_acknowledged_or_visible_before_it_is_durable()
    {
        await Counter.Add(1);
        _engine.Journal.Hold();

        var adding = Counter.Add(10);

        await _engine.EventuallyAsync(() => Counter.Peek().AsTask(), static sum => sum == 11);
        Assert.False(adding.IsCompleted);
        Assert.Equal(1, await Counter.Get());
        _engine.Journal.Release();
        Assert.Equal(11, await adding);
        Assert.Equal(11, await Counter.Get());
    }

    [Fact]
    public async Task What_arrives_during_an_append_shares_the_next_one()
    {
        await Counter.Add(1);
        var before = _engine.Journal.Appends;
        _engine.Journal.Hold();

        var adding = Enumerable.Range(0, 1000).Select(_ => Counter.Add(1)).ToArray();
        await _engine.EventuallyAsync(() => Counter.Peek().AsTask(), static sum => sum == 1001);
        _engine.Journal.Release();
        await Task.WhenAll(adding);

        Assert.Equal(2, _engine.Journal.Appends - before);
        Assert.Equal(1001, await Counter.Get());
    }

    [Theory]
    [InlineData(AppendFault.BeforeWriting, 1)]
    [InlineData(AppendFault.AfterWriting, 11)]
    public async Task After_a_failed_append_callers_hear_that_the_outcome_is_unknown_and_the_next_activation_reads_the_truth(
        AppendFault fault,
        long truth
    )
    {
        await Counter.Add(1);
        _engine.Journal.Fault = commit => commit.Stream.Category is "test-counter" ? fault : AppendFault.None;

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Counter.Add(10));
        _engine.Journal.Fault = null;

        var seen = await _engine.EventuallyAsync(GetOrNullAsync, static sum => sum is not null);
        Assert.Equal(truth, seen);
        Assert.Equal(truth + 5, await Counter.Add(5));
    }

    [Fact]
    public async Task Without_room_commands_hear_that_nothing_was_done_reads_go_on_and_so_do_commands_when_there_is_room()
    {
        await Counter.Add(1);
        _engine.Journal.Fault = commit =>
            commit.Stream.Category is "test-counter" ? AppendFault.NoRoom : AppendFault.None;

        for (var attempt = 0; attempt < 3; attempt++)
        {
            await Assert.ThrowsAsync<StorageFullException>(() => Counter.Add(10));
            Assert.Equal(1, await Counter.Get());
        }
        _engine.Journal.Fault = null;

        Assert.Equal(6, await _engine.EventuallyAsync(AddOrNullAsync, static sum => sum is not null));
    }

    [Fact]
    public async Task Commands_that_wait_behind_a_failed_append_fail_with_it()
    {
        await Counter.Add(1);
        _engine.Journal.Hold();
        _engine.Journal.Fault = commit =>
            commit.Stream.Category is "test-counter" ? AppendFault.BeforeWriting : AppendFault.None;
        var first = Counter.Add(10);
        await _engine.EventuallyAsync(() => Counter.Peek().AsTask(), static sum => sum == 11);
        var second = Counter.Add(100);
        await _engine.EventuallyAsync(() => Counter.Peek().AsTask(), static sum => sum == 111);

        _engine.Journal.Release();

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => first);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => second);
        _engine.Journal.Fault = null;
        Assert.Equal(1, await _engine.EventuallyAsync(GetOrNullAsync, static sum => sum is not null));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_effect_whose_receiver_failed_before_and_after_writing_is_sent_again_and_counts_once(
        bool inBulk
    )
    {
        var tries = 0;
        _engine.Journal.Fault = commit =>
            commit.Stream.Category is not "test-listener"
                ? AppendFault.None
                : Interlocked.Increment(ref tries) switch
                {
                    1 => AppendFault.BeforeWriting,
                    2 => AppendFault.AfterWriting,
                    _ => AppendFault.None,
                };

        await Counter.AddAndTell(5, "ear", inBulk);

        await _engine.EventuallyAsync(async () =>
        {
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(10));
            return Volatile.Read(ref tries) >= 2 && await HeardOrNullAsync("ear") == 5;
        });
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));
        await Counter.AddAndTell(2, "ear", inBulk);
        await _engine.EventuallyAsync(() => HeardOrNullAsync("ear"), static heard => heard == 7);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_effect_that_a_crash_cut_off_is_sent_by_itself_after_the_start(bool inBulk)
    {
        // The listener's append never comes back before the crash, so the effect is not acknowledged.
        _engine.Journal.Fault = commit =>
            commit.Stream.Category is "test-listener" ? AppendFault.BeforeWriting : AppendFault.None;
        await Counter.AddAndTell(5, "ear", inBulk);

        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));

        // Nobody calls the counter: it has to be found and resumed.
        await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<IListenerGrain>("ear").Heard().AsTask(),
            static heard => heard == 5
        );
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_acknowledged_effect_is_not_sent_again_after_a_start(bool inBulk)
    {
        await Counter.AddAndTell(5, "ear", inBulk);
        await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<IListenerGrain>("ear").Heard().AsTask(),
            static heard => heard == 5
        );
        await _engine.DeactivateAllAsync();
        var before = _engine.Journal.Appends;

        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(5, await Counter.Get());

        Assert.True(before > 0);
        Assert.Equal(0, _engine.Journal.Appends);
        Assert.Equal(0, _engine.PendingWakeUps);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_grain_at_rest_writes_down_by_itself_what_was_acknowledged(bool inBulk)
    {
        for (var round = 1; round <= 3; round++)
        {
            await Counter.AddAndTell(1, "ear", inBulk);
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(1.5));
        }

        await _engine.EventuallyAsync(async () =>
        {
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(1));
            return _engine.PendingWakeUps == 0;
        });
        var appends = _engine.Journal.Appends;
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(appends, _engine.Journal.Appends);
    }

    private ICounterGrain Counter => _engine.Grains.GetGrain<ICounterGrain>("c");

    private async Task<long?> GetOrNullAsync()
    {
        try
        {
            return await Counter.Get();
        }
        catch (OutcomeUnknownException)
        {
            return null;
        }
    }

    private async Task<long?> AddOrNullAsync()
    {
        try
        {
            return await Counter.Add(5);
        }
        catch (StorageFullException)
        {
            return null;
        }
    }

    private async Task<long?> HeardOrNullAsync(string listener)
    {
        try
        {
            return await _engine.Grains.GetGrain<IListenerGrain>(listener).Heard();
        }
        catch (OutcomeUnknownException)
        {
            return null;
        }
    }
}
