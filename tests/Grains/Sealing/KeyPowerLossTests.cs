using Actors.Grains.Sealing;
using Actors.TestKit.Disks;

namespace Actors.Grains.Tests.Sealing;

/// <summary>Whatever the disk does, a key that was given out is there, and one that was destroyed is not.</summary>
[Trait("Spec", "AC-2")]
public sealed class KeyPowerLossTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    private readonly Dictionary<string, string> _sealed = [];
    private readonly HashSet<string> _destroyed = [];
    private readonly HashSet<string> _begun = [];

    [Theory]
    [InlineData(UnsyncedFate.Lost)]
    [InlineData(UnsyncedFate.Kept)]
    [InlineData(UnsyncedFate.Chance)]
    public async Task Power_that_fails_at_any_operation_changes_no_answer(UnsyncedFate fate)
    {
        var operations = 0;
        for (var crashAt = 1; ; crashAt++, operations++)
        {
            var directory = Begin(crashAt);
            var keys = directory.Open();
            directory.Disk.Faults = new DiskFaults { CrashAt = directory.Disk.Operations + crashAt };
            var hasEnded = await TryLiveAsync(keys);
            directory.Disk.LosePower(fate);
            await CheckAsync(directory);
            if (hasEnded)
            {
                break;
            }
        }
        Assert.True(operations > 30, $"{operations} operations were tried.");
    }

    [Fact]
    public async Task A_killed_process_leaves_nothing_that_a_later_power_failure_takes_back()
    {
        for (var crashAt = 1; crashAt < 60; crashAt++)
        {
            var directory = Begin(crashAt);
            var keys = directory.Open();
            directory.Disk.Faults = new DiskFaults { CrashAt = directory.Disk.Operations + crashAt };
            await TryLiveAsync(keys);
            directory.Disk.KillProcess();

            // What the next process gives out, or has destroyed, counts.
            Assert.True(await TryLiveAsync(directory.Open()));
            directory.Disk.LosePower(UnsyncedFate.Lost);
            await CheckAsync(directory);
        }
    }

    [Fact]
    public async Task An_operation_that_fails_once_is_an_exception_and_then_all_goes_on()
    {
        for (var failAt = 1; failAt < 60; failAt++)
        {
            var directory = Begin(failAt);
            var keys = directory.Open();
            directory.Disk.Faults = new DiskFaults { FailAt = directory.Disk.Operations + failAt };
            if (!await TryLiveAsync(keys))
            {
                Assert.True(await TryLiveAsync(keys));
            }
            directory.Disk.LosePower(UnsyncedFate.Lost);
            await CheckAsync(directory);
        }
    }

    [Fact]
    public async Task A_sync_that_fails_leaves_nothing_that_counts_as_durable()
    {
        var directory = Begin(1);
        var keys = directory.Open();
        await OpenAsync(keys, "a");
        await OpenAsync(keys, "b");
        directory.Disk.Faults = new DiskFaults { SyncsFail = true };
        await Assert.ThrowsAsync<IOException>(() => OpenAsync(keys, "c"));
        await Assert.ThrowsAsync<IOException>(() => DestroyAsync(keys, "a"));
        await Assert.ThrowsAsync<IOException>(() => DestroyAsync(keys, "never"));
        directory.Disk.Faults = DiskFaults.None;

        Assert.True(await TryLiveAsync(keys));
        directory.Disk.LosePower(UnsyncedFate.Lost);
        await CheckAsync(directory);
    }

    private KeyDirectory Begin(int seed)
    {
        _sealed.Clear();
        _destroyed.Clear();
        _begun.Clear();
        return new KeyDirectory(seed);
    }

    /// <summary>False when the disk ended it.</summary>
    private async Task<bool> TryLiveAsync(IErasableKeys keys)
    {
        try
        {
            foreach (var name in Names)
            {
                await OpenAsync(keys, name);
            }
            await DestroyAsync(keys, "a");
            await DestroyAsync(keys, "never");
            await OpenAsync(keys, "a");
            return true;
        }
        catch (Exception fault) when (fault is IOException or SimulatedCrashException)
        {
            return false;
        }
    }

    private async Task OpenAsync(IErasableKeys keys, string name)
    {
        var key = await keys.OpenAsync(name);
        Assert.True(key is not null || _begun.Contains(name), $"{name} was never destroyed.");
        Assert.False(key is not null && _destroyed.Contains(name), $"{name} was destroyed.");
        if (key is not null)
        {
            var sealedText = key.Seal("text", "place");
            Assert.Equal(_sealed.GetValueOrDefault(name, sealedText), sealedText);
            _sealed[name] = sealedText;
        }
    }

    private async Task DestroyAsync(IErasableKeys keys, string name)
    {
        _begun.Add(name);
        await keys.DestroyAsync(name);
        _destroyed.Add(name);
    }

    private async Task CheckAsync(KeyDirectory directory)
    {
        var keys = directory.Open();
        foreach (var name in Names.Append("never"))
        {
            await OpenAsync(keys, name);
        }
    }
}
