using Microsoft.Extensions.Logging;

namespace Actors.Embedded;

internal sealed partial class EngineLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Warning, "Activation of {Grain} failed.")]
    private partial void ActivationFailed(Exception exception, string grain);

    [LoggerMessage(2, LogLevel.Warning, "Deactivation of {Grain} failed.")]
    private partial void DeactivationFailed(Exception exception, string grain);

    [LoggerMessage(3, LogLevel.Warning, "A timer of {Grain} failed and goes on.")]
    private partial void TimerFaulted(Exception exception, string grain);

    [LoggerMessage(4, LogLevel.Warning, "Reminder {Name} of {Grain} failed and waits for its next period.")]
    private partial void ReminderFaulted(Exception exception, string grain, string name);

    [LoggerMessage(5, LogLevel.Warning, "One-way call {Method} of {Grain} failed.")]
    private partial void OneWayFaulted(Exception exception, string grain, string method);

    [LoggerMessage(6, LogLevel.Error, "Code of {Grain} failed where nobody waits for it.")]
    private partial void TurnFaulted(Exception exception, string grain);

    [LoggerMessage(7, LogLevel.Warning, "The stop took longer than allowed; {Activations} activations were dropped.")]
    public partial void StopTimedOut(int activations);

    public void ActivationFailed(Exception exception, GrainId grain) => ActivationFailed(exception, grain.ToString());

    public void DeactivationFailed(Exception exception, GrainId grain) =>
        DeactivationFailed(exception, grain.ToString());

    public void TimerFaulted(Exception exception, GrainId grain) => TimerFaulted(exception, grain.ToString());

    public void ReminderFaulted(Exception exception, GrainId grain, string name) =>
        ReminderFaulted(exception, grain.ToString(), name);

    public void OneWayFaulted(Exception exception, GrainId grain, string method) =>
        OneWayFaulted(exception, grain.ToString(), method);

    public void TurnFaulted(Exception exception, GrainId grain) => TurnFaulted(exception, grain.ToString());
}
