using Actors.GrainInterfaces.Operations;
using Actors.Grains.Operations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Hosting;

[Trait("Spec", "OP-1")]
public sealed class StorageProbeTests : IStorageRoundTrip
{
    private readonly FakeTimeProvider _time = new();
    private Func<CancellationToken, Task> _write = static _ => Task.CompletedTask;
    private int _writes;

    [Fact]
    public async Task However_many_ask_the_storage_is_tried_once_a_second()
    {
        var probe = Probe();
        for (var asked = 0; asked < 10; asked++)
        {
            Assert.True((await probe.AskAsync()).Answers);
        }
        Assert.Equal(1, _writes);
        _time.Advance(TimeSpan.FromSeconds(1));
        await probe.AskAsync();
        Assert.Equal(2, _writes);
    }

    [Fact]
    public async Task A_write_that_fails_says_no_and_the_next_that_succeeds_says_yes()
    {
        var probe = Probe();
        _write = static _ => throw new IOException("The disk has no room.");
        Assert.False((await probe.AskAsync()).Answers);
        _write = static _ => Task.CompletedTask;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await probe.AskAsync()).Answers);
    }

    [Fact]
    public async Task Storage_that_hangs_says_no_within_two_seconds_and_is_not_asked_again_until_it_has_answered()
    {
        var probe = Probe();
        TaskCompletionSource hanging = new();
        _write = _ => hanging.Task;
        var first = probe.AskAsync();
        _time.Advance(StorageProbe.Deadline);
        Assert.False((await first).Answers);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False((await probe.AskAsync()).Answers);
        Assert.Equal(1, _writes);
        hanging.SetResult();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await probe.AskAsync()).Answers);
    }

    [Fact]
    public async Task A_write_that_can_be_given_up_is_given_up_at_the_deadline()
    {
        var probe = Probe();
        _write = cancellation => Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
        var first = probe.AskAsync();
        _time.Advance(StorageProbe.Deadline);
        Assert.Equal(new StorageAnswer(false, StorageProbe.Deadline), await first);
        _write = static _ => Task.CompletedTask;
        Assert.True((await probe.AskAsync()).Answers);
    }

    Task IStorageRoundTrip.RunAsync(CancellationToken cancellation)
    {
        _writes++;
        return _write(cancellation);
    }

    private StorageProbe Probe() => new(this, _time, NullLogger<StorageProbe>.Instance);
}
