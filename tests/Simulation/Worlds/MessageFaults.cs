using Actors.TestKit.Runtime;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>Loses, doubles and delays messages within the product, as a network does.</summary>
internal sealed class MessageFaults(FaultPlan plan) : IMessageFaults
{
    public MessageFate FateOf(Message message)
    {
        if (message.IsFromClient)
        {
            // Whoever asks is a client of the product, and connected to the process; that it loses answers is a power loss.
            return default;
        }
        return plan.NextForMessage(message.Method is "Wake" or "ReceiveReminder", message.IsAnswer) switch
        {
            FaultKind.LostRequest or FaultKind.LostAnswer or FaultKind.LostWakeUp => new MessageFate(
                true,
                default,
                null
            ),
            FaultKind.LateMessage => new MessageFate(false, plan.DelayOfMessage(), null),
            FaultKind.DoubledRequest => new MessageFate(false, default, plan.DelayOfTwin()),
            _ => default,
        };
    }
}
