using Actors.Grains.Notifications.Webhooks;
using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>
/// Decides what goes wrong and when. From time to time a fault is due: some happen at once, others wait for their chance,
/// such as the next call between grains.
/// </summary>
internal sealed class FaultPlan(Chance chance, Scenario scenario)
{
    private readonly Dictionary<FaultKind, int> _armed = [];
    private readonly Dictionary<FaultKind, int> _happened = [];
    private long _stepsLeft = scenario.StepsBetweenFaults;
    private int _faultsLeft = scenario.MostFaults;
    private bool _crashesNow;
    private bool _stopped = scenario.Faults.Count == 0;

    /// <summary>How often each fault has really happened.</summary>
    public IReadOnlyDictionary<FaultKind, int> Happened => _happened;

    /// <summary>Asked between any two steps: what happens now, if anything does.</summary>
    public FaultKind? Next()
    {
        if (_stopped || --_stepsLeft > 0)
        {
            return null;
        }
        _stepsLeft = chance.Between(1, scenario.StepsBetweenFaults * 2);
        _stopped = --_faultsLeft <= 0;
        var kind = chance.Pick(scenario.Faults);
        if (!WaitsForItsChance(kind))
        {
            return kind;
        }
        _armed[kind] = _armed.GetValueOrDefault(kind) + chance.Between(1, 3);
        return null;
    }

    /// <summary>Somebody was told that something is done.</summary>
    public void OnAnswer() => _crashesNow |= Take(FaultKind.PowerLossAfterAnswer);

    public bool TakeCrashAfterAnswer()
    {
        var crashes = _crashesNow;
        _crashesNow = false;
        return crashes;
    }

    /// <summary>From here on nothing fails any more.</summary>
    public void Stop()
    {
        _stopped = true;
        _armed.Clear();
        _crashesNow = false;
    }

    public void Count(FaultKind kind) => _happened[kind] = _happened.GetValueOrDefault(kind) + 1;

    public bool Take(FaultKind kind)
    {
        if (_armed.GetValueOrDefault(kind) == 0)
        {
            return false;
        }
        _armed[kind]--;
        Count(kind);
        return true;
    }

    /// <summary>What happens to a message within the product; null when nothing does.</summary>
    public FaultKind? NextForMessage(bool isWakeUp, bool isAnswer) =>
        isAnswer ? TakeFirst(FaultKind.LostAnswer, FaultKind.LateMessage)
        : isWakeUp ? TakeFirst(FaultKind.LostWakeUp)
        : TakeFirst(FaultKind.LostRequest, FaultKind.DoubledRequest, FaultKind.LateMessage);

    /// <summary>How late a late message is; more than half a minute is longer than its caller waits.</summary>
    public TimeSpan DelayOfMessage() => chance.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(2));

    /// <summary>How long after a doubled request it arrives again.</summary>
    public TimeSpan DelayOfTwin() => chance.OneIn(2) ? TimeSpan.Zero : DelayOfMessage();

    /// <summary>How long a batch takes before it is written.</summary>
    public TimeSpan DelayOfWrite() =>
        Take(FaultKind.SlowDisk) ? chance.Between(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1))
        : chance.OneIn(2) ? TimeSpan.Zero
        : chance.Between(TimeSpan.FromTicks(500), TimeSpan.FromMilliseconds(10));

    /// <summary>What happens to a command that has reached a device; null when it is done.</summary>
    public DeviceTrouble? NextForDevice() =>
        Take(FaultKind.BrokenDevice) ? chance.Pick(Enum.GetValues<DeviceTrouble>()) : null;

    /// <summary>What an app answers when an event has reached it.</summary>
    public WebhookAnswer NextForApp() =>
        !Take(FaultKind.BrokenApp) ? new WebhookAnswer(204)
        : chance.OneIn(2) ? new WebhookAnswer(500)
        : new WebhookAnswer(null, "The connection broke off.");

    public TimeSpan DelayOfDevice() => chance.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));

    private static bool WaitsForItsChance(FaultKind kind) =>
        kind
            is FaultKind.PowerLossAfterAnswer
                or FaultKind.SlowDisk
                or FaultKind.LostRequest
                or FaultKind.LostAnswer
                or FaultKind.LateMessage
                or FaultKind.DoubledRequest
                or FaultKind.LostWakeUp
                or FaultKind.BrokenDevice
                or FaultKind.BrokenApp;

    private FaultKind? TakeFirst(params ReadOnlySpan<FaultKind> kinds)
    {
        foreach (var kind in kinds)
        {
            if (Take(kind))
            {
                return kind;
            }
        }
        return null;
    }
}
