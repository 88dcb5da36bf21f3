using Actors.Grains.Durability;
using Actors.TestKit;
using Actors.TestKit.Journals;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Durability;

[Trait("Spec", "CH-3")]
public sealed class FollowTests : IAsyncLifetime
{
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { GrainAssemblies = [typeof(CounterGrain).Assembly] }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Whoever_is_behind_is_answered_at_once()
    {
        await Counter.Add(1);
        await Counter.Add(1);

        Assert.Equal(2, await Counter.Follow(-1));
        Assert.Equal(2, await Counter.Follow(1));
    }

    [Fact]
    public async Task All_who_follow_hear_of_a_change_once_it_is_durable_and_not_before()
    {
        await Counter.Add(1);
        var following = Enumerable.Range(0, 100).Select(_ => Counter.Follow(1)).ToArray();
        _engine.Journal.Hold();
        var adding = Counter.Add(10);
        await _engine.EventuallyAsync(() => Counter.Peek().AsTask(), static sum => sum == 11);
        Assert.DoesNotContain(following, static task => task.IsCompleted);

        _engine.Journal.Release();

        await adding;
        Assert.All(await Task.WhenAll(following), static version => Assert.Equal(2, version));
    }

    [Fact]
    public async Task After_twenty_seconds_without_a_change_the_answer_is_the_old_number()
    {
        await Counter.Add(1);
        var following = Counter.Follow(1);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(15));
        Assert.False(following.IsCompleted);

        await _engine.AdvanceAsync(TimeSpan.FromSeconds(6));

        Assert.Equal(1, await following);
    }

    [Fact]
    public async Task A_failed_append_lets_those_who_follow_go_so_that_the_next_activation_can_begin()
    {
        await Counter.Add(1);
        var following = Counter.Follow(1);
        _engine.Journal.Fault = commit =>
            commit.Stream.Category is "test-counter" ? AppendFault.AfterWriting : AppendFault.None;
        var before = _engine.Time.GetUtcNow();

        await Assert.ThrowsAnyAsync<Exception>(() => Counter.Add(10));
        _engine.Journal.Fault = null;

        Assert.Equal(1, await following);
        Assert.Equal(2, await _engine.EventuallyAsync(() => Counter.Follow(1), static version => version > 1));
        Assert.True(_engine.Time.GetUtcNow() - before < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_process_that_is_asked_to_stop_keeps_nobody_waiting()
    {
        using var stopping = new CancellationTokenSource();
        var time = new FakeTimeProvider();
        var followers = new Followers(time, stopping.Token);
        var waiting = followers.WaitAsync();

        await stopping.CancelAsync();

        await waiting;
        var again = followers.WaitAsync();
        Assert.False(again.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await again;
    }

    private ICounterGrain Counter => _engine.Grains.GetGrain<ICounterGrain>("followed");
}
