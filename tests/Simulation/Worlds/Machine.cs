using Actors.Journal;
using Actors.TestKit.Disks;
using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>One machine, its disk, and an operator who keeps the product running on it: whatever ends is started again.</summary>
internal sealed class Machine(FaultDomain outside, Chance chance, Func<string, SimulatedProcess> create, Report report)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(3);

    /// <summary>Who waits for an answer that was lost waits half a minute for it.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(1);

    private SimulatedProcess? _process;
    private TaskCompletionSource _ended = new();
    private TaskCompletionSource _up = new();
    private TimeSpan _downTime;
    private bool _isRetired;

    /// <summary>The process that takes calls; null while there is none.</summary>
    public SimulatedProcess? Process
    {
        get;
        private set
        {
            field = value;
            if (value is not null)
            {
                _up.SetResult();
            }
            else if (_up.Task.IsCompleted)
            {
                _up = new TaskCompletionSource();
            }
        }
    }

    public required SimulatedDisk Disk { get; init; }

    /// <summary>How often the product was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Completes when there is a process that takes calls.</summary>
    public Task WhenUpAsync() => _up.Task;

    public async Task KeepRunningAsync()
    {
        while (!_isRetired)
        {
            _ended = new TaskCompletionSource();
            if (await TryStartAsync())
            {
                await _ended.Task;
            }
            await Task.Delay(
                _downTime + chance.Between(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
                outside.Time
            );
            _downTime = TimeSpan.Zero;
        }
    }

    /// <summary>Stops the machine, or only the process, this instant.</summary>
    /// <param name="fate">What becomes of unsynced writes; null when the machine goes on and they stay.</param>
    /// <param name="downTime">How long it takes until somebody notices.</param>
    public void Crash(UnsyncedFate? fate, TimeSpan downTime = default)
    {
        _downTime = downTime;
        var process = _process;
        (_process, Process) = (null, null);
        process?.Die();
        StopDisk();
        process?.Bury();
        if (fate is { } unsynced)
        {
            Disk.LosePower(unsynced);
        }
        else
        {
            Disk.KillProcess();
        }
        _ended.TrySetResult();
    }

    /// <summary>Stops the process in good order; whoever keeps it running starts it again.</summary>
    public async Task RestartAsync()
    {
        if (Process is { } process && await TryStopAsync(process))
        {
            // Not killed: what a good stop has not let go of must be noticed at the next start.
            process.Die();
            (_process, Process) = (null, null);
            _ended.TrySetResult();
        }
    }

    /// <summary>Stops for good, in good order.</summary>
    public Task RetireAsync()
    {
        _isRetired = true;
        return RestartAsync();
    }

    private async Task<bool> TryStartAsync()
    {
        var process = _process = create($"process {++Starts}");
        process.Fenced = () => _ = ReplaceAsync(process);
        try
        {
            await process.Domain.RunAsync(process.StartAsync);
            Process = process;
            return true;
        }
        catch (DomainDiedException)
        {
            return false;
        }
        catch (IOException exception) when (exception is not JournalLockedException)
        {
            report.Remark($"{process.Domain} did not start: {exception.Message}");
        }
        catch (JournalUncertainException exception)
        {
            report.Remark($"{process.Domain} did not start: {exception.Message}");
        }
        catch (Exception exception)
        {
            report.Violation($"{process.Domain} could not start: {Report.Brief(exception)}");
        }
        if (_process == process)
        {
            Crash(fate: null);
        }
        return false;
    }

    private async Task<bool> TryStopAsync(SimulatedProcess process)
    {
        Process = null;
        try
        {
            var stop = process.Domain.RunAsync(process.StopAsync);
            await stop.WaitAsync(StopPatience, outside.Time);
            await AnswersAsync(process);
            return _process == process;
        }
        catch (DomainDiedException)
        {
            return false;
        }
        catch (TimeoutException)
        {
            report.Violation($"{process.Domain} did not stop within {StopPatience}");
        }
        catch (Exception exception)
        {
            report.Remark($"{process.Domain} did not stop in good order: {exception.Message}");
        }
        if (_process == process)
        {
            Crash(fate: null);
        }
        return false;
    }

    /// <summary>Whoever was let in before the stop has a right to an answer.</summary>
    private async Task AnswersAsync(SimulatedProcess process)
    {
        var asked = outside.Time.GetTimestamp();
        while (process.Front.Waiting > 0 && outside.Time.GetElapsedTime(asked) < AnswerPatience)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), outside.Time);
        }
        if (process.Front.Waiting > 0)
        {
            report.Violation(
                $"{process.Domain} stopped in good order and left {process.Front.Waiting} without an answer"
            );
        }
    }

    /// <summary>A journal that has failed once takes nothing more: the host stops itself, well or badly.</summary>
    private async Task ReplaceAsync(SimulatedProcess process)
    {
        await outside.RunAsync(async () =>
        {
            await Task.Delay(chance.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)), outside.Time);
            if (_process != process)
            {
                return;
            }
            if (Process == process && chance.OneIn(2))
            {
                await RestartAsync();
            }
            else
            {
                Crash(fate: null);
            }
        });
    }

    /// <summary>From here on, nothing that still runs can reach the disk.</summary>
    private void StopDisk()
    {
        try
        {
            Disk.Faults = new DiskFaults { CrashAt = Disk.Operations + 1 };
            Disk.FileExists("/");
        }
        catch (SimulatedCrashException)
        {
            // As meant.
        }
    }
}
