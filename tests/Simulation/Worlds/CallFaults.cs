namespace Actors.Simulation.Tests.Worlds;

/// <summary>Loses, doubles and delays calls between grains, as a network does.</summary>
internal sealed class CallFaults(FaultPlan plan, TimeProvider time) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        switch (plan.NextForCall(IsWakeUp(context), fromGrain: context.SourceId is not null))
        {
            case FaultKind.LostRequest or FaultKind.LostWakeUp:
                throw new CallLostException($"{context.MethodName} never arrived.");
            case FaultKind.LostAnswer:
                await context.Invoke();
                throw new CallLostException($"The answer to {context.MethodName} never came back.");
            case FaultKind.LateCall:
                await Task.Delay(plan.DelayOfCall(), time);
                await context.Invoke();
                break;
            default:
                await context.Invoke();
                break;
        }
    }

    private static bool IsWakeUp(IIncomingGrainCallContext context) =>
        context.MethodName is "Wake" or "ReceiveReminder";
}

/// <summary>A call, or its answer, was lost on the way.</summary>
internal sealed class CallLostException(string message) : Exception(message);
