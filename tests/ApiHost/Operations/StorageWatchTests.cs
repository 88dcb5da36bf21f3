using Actors.ApiHost.Tests.Live;
using Actors.GrainInterfaces.Operations;
using Actors.Hosting.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Operations;

[Trait("Spec", "OP-1")]
public sealed class StorageWatchTests
{
    private static readonly StorageAnswer Yes = new(true, TimeSpan.FromMilliseconds(3));
    private static readonly StorageAnswer No = new(false, TimeSpan.FromSeconds(1.5));

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task One_silo_that_hangs_is_not_storage_that_is_away()
    {
        var watch = Watch(
            _time,
            key => key == "2" ? Task.FromResult(Yes) : new TaskCompletionSource<StorageAnswer>().Task
        );
        Assert.Equal(StorageState.Answers, await watch.LookAsync());
    }

    [Fact]
    public async Task One_yes_outweighs_every_no()
    {
        var watch = Watch(_time, key => Task.FromResult(key == "3" ? Yes : No));
        Assert.Equal(StorageState.Answers, await watch.LookAsync());
    }

    [Fact]
    public async Task Silos_that_say_no_are_believed_when_none_says_yes()
    {
        var watch = Watch(
            _time,
            key => key == "0" ? Task.FromResult(No) : Task.FromException<StorageAnswer>(new TimeoutException())
        );
        Assert.Equal(StorageState.Away, await watch.LookAsync());
        Assert.Equal(StorageState.Away, watch.State);
    }

    [Fact]
    public async Task When_no_silo_answers_within_two_seconds_nobody_is_there()
    {
        var watch = Watch(_time, _ => new TaskCompletionSource<StorageAnswer>().Task);
        var look = watch.LookAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(StorageState.Unreachable, await look);
    }

    [Fact]
    public async Task Whoever_doubts_makes_it_look_again_within_a_second_and_it_notices_the_return_by_itself()
    {
        var asked = 0;
        var answer = Yes;
        var watch = Watch(
            _time,
            _ =>
            {
                Interlocked.Increment(ref asked);
                return Task.FromResult(answer);
            }
        );
        await watch.StartAsync(default);
        await Eventually.TrueAsync(() => Volatile.Read(ref asked) >= 4);
        answer = No;
        _time.Advance(TimeSpan.FromSeconds(1));
        // Nobody doubts, so nobody looks yet.
        Assert.Equal(StorageState.Answers, watch.State);
        watch.Doubt();
        await Eventually.TrueAsync(() => watch.State == StorageState.Away);
        answer = Yes;
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            return watch.State == StorageState.Answers;
        });
        await watch.StopAsync(default);
    }

    internal static StorageWatch Watch(TimeProvider time, Func<string, Task<StorageAnswer>> answer)
    {
        FakeGrains grains = new();
        foreach (var key in (string[])["0", "1", "2", "3"])
        {
            grains.Add<IStorageProbeGrain>(key, (_, _) => answer(key));
        }
        return new StorageWatch(grains.Factory, time, TestMeters.New());
    }
}
