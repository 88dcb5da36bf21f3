using Actors.Grains.Durability;
using Actors.TestKit.Disks;
using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>Carries out what the plan has decided, between two steps.</summary>
internal sealed class Mishaps(
    Chance chance,
    Scenario scenario,
    VirtualClock clock,
    FaultDomain outside,
    Machine machine,
    FaultPlan plan,
    Splits splits,
    Report report
)
{
    public static readonly TimeSpan LongestSplit = TimeSpan.FromMinutes(10);

    private FaultKind? _inWrite;
    private long _failAt;
    private TimeSpan? _diskIsWellAt;

    public void BetweenSteps()
    {
        NoticeDiskFaults();
        if (clock.Elapsed >= _diskIsWellAt)
        {
            _diskIsWellAt = null;
            machine.Disk.Faults = DiskFaults.None;
        }
        if (plan.TakeCrashAfterAnswer())
        {
            machine.Crash(AnyFate());
        }
        if (plan.Next() is { } kind && machine.Process is not null)
        {
            report.Remark($"FAULT {kind}");
            Act(kind);
        }
    }

    /// <summary>From here on nothing fails any more.</summary>
    public void Stop()
    {
        plan.Stop();
        (_inWrite, _failAt, _diskIsWellAt) = (null, 0, null);
        machine.Disk.Faults = DiskFaults.None;
    }

    private void NoticeDiskFaults()
    {
        var disk = machine.Disk;
        if (disk.IsCrashed)
        {
            var kind = _inWrite ?? FaultKind.PowerLossInWrite;
            plan.Count(kind);
            machine.Crash(kind == FaultKind.KillInWrite ? null : AnyFate());
        }
        else if (_failAt > 0 && disk.Operations >= _failAt)
        {
            plan.Count(FaultKind.FailedDiskOperation);
            _failAt = 0;
        }
    }

    private void Act(FaultKind kind)
    {
        if (kind is FaultKind.PowerLossInWrite or FaultKind.KillInWrite or FaultKind.FailedDiskOperation)
        {
            _diskIsWellAt = null;
        }
        switch (kind)
        {
            case FaultKind.PowerLossInWrite or FaultKind.KillInWrite:
                _inWrite = kind;
                machine.Disk.Faults = new DiskFaults { CrashAt = SoonOnDisk() };
                return;
            case FaultKind.FailedDiskOperation:
                _failAt = SoonOnDisk();
                machine.Disk.Faults = new DiskFaults { FailAt = _failAt };
                return;
            case FaultKind.LostActivation or FaultKind.DuplicateActivation:
                if (machine.Process!.Silo.Activated is { Count: > 0 } activated)
                {
                    plan.Count(kind);
                    ActOn(activated, kind);
                }
                return;
        }
        plan.Count(kind);
        switch (kind)
        {
            case FaultKind.PowerLoss:
                machine.Crash(AnyFate());
                break;
            case FaultKind.Kill:
                machine.Crash(fate: null);
                break;
            case FaultKind.Outage:
                machine.Crash(AnyFate(), chance.Between(TimeSpan.FromMinutes(10), TimeSpan.FromHours(12)));
                break;
            case FaultKind.FailedSync:
                // Until the process has ended for it; where no segment could be made it has not, and goes on once syncs work.
                TroubleDisk(new DiskFaults { SyncsFail = true });
                break;
            case FaultKind.FullDisk:
                TroubleDisk(new DiskFaults { IsFull = true });
                break;
            case FaultKind.Restart:
                _ = outside.RunAsync(machine.RestartAsync);
                break;
            case FaultKind.ClockForward:
                clock.SetWall(
                    chance.OneIn(5)
                        ? chance.Between(TimeSpan.FromDays(20), TimeSpan.FromDays(40))
                        : chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(3))
                );
                break;
            case FaultKind.ClockBack:
                clock.SetWall(
                    chance.OneIn(5)
                        ? -chance.Between(TimeSpan.FromDays(20), TimeSpan.FromDays(40))
                        : -chance.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5))
                );
                break;
            case FaultKind.Pause:
                clock.Advance(chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
                break;
            case FaultKind.NeedlessWakeUp:
                CallUnasked(process => WakeAsync(process.Grains));
                break;
            case FaultKind.Collection:
                CallUnasked(static process => process.Silo.DeactivateAllAsync());
                break;
        }
    }

    private void ActOn(IReadOnlyList<GrainId> activated, FaultKind kind)
    {
        var silo = machine.Process!.Silo;
        if (kind == FaultKind.LostActivation)
        {
            silo.Crash(chance.Pick(activated), areTold: chance.OneIn(2));
            return;
        }
        // A cluster that splits does so for many grains at once.
        var lasts = chance.Between(TimeSpan.FromSeconds(1), LongestSplit);
        foreach (var grain in activated.Where(_ => chance.OneIn(2)))
        {
            silo.Split(grain, lasts, splits.Begin());
        }
    }

    private void TroubleDisk(DiskFaults faults)
    {
        machine.Disk.Faults = faults;
        _diskIsWellAt = clock.Elapsed + chance.Between(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
    }

    private UnsyncedFate AnyFate() =>
        chance.Pick([UnsyncedFate.Chance, UnsyncedFate.Chance, UnsyncedFate.Lost, UnsyncedFate.Kept]);

    private long SoonOnDisk() => machine.Disk.Operations + chance.Between(1, 40);

    private GrainId AnyGrain()
    {
        string[] moods = scenario.HasMoods ? ["mood", "model"] : [];
        string[] money = scenario.HasMoney ? ["wallet", "queue", "balance"] : [];
        var kind = chance.Pick((string[])["inbox", .. moods, .. money]);
        return GrainId.Parse(
            kind == "balance"
                ? $"{kind}/user{chance.Between(1, scenario.Users)}"
                : $"{kind}/model{chance.Between(1, scenario.Models)}"
        );
    }

    private Task WakeAsync(IGrainFactory grains)
    {
        var grain = AnyGrain();
        var now = clock.Now.UtcDateTime;
        return scenario.WakeUps == WakeUpKind.Journal
            ? grains.GetGrain<IDurableGrain>(grain).Wake()
            : grains
                .GetGrain<IRemindable>(grain)
                .ReceiveReminder(ReminderWakeUps.ReminderName, new TickStatus(now, TimeSpan.FromMinutes(1), now));
    }

    /// <summary>Nobody waits for it, so nobody hears of its failure.</summary>
    private async void CallUnasked(Func<SimulatedProcess, Task> call)
    {
        try
        {
            var process = machine.Process!;
            await process.Front.RunAsync(() => call(process));
        }
        catch (Exception exception)
        {
            report.Remark($"unasked call: {exception.Message}");
        }
    }
}
