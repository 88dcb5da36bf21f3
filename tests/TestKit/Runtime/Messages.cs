namespace Actors.TestKit.Runtime;

/// <summary>A request or an answer that is about to leave.</summary>
/// <param name="From">The grain that has made the request; null for what is no grain.</param>
/// <param name="IsFromClient">Whether the request came from outside of the process.</param>
internal readonly record struct Message(GrainId? From, GrainId Target, string Method, bool IsFromClient, bool IsAnswer);

/// <summary>What becomes of a message.</summary>
/// <param name="Delay">How late it is.</param>
/// <param name="TwinAfter">When it arrives once more; null when it does not.</param>
internal readonly record struct MessageFate(bool IsLost, TimeSpan Delay, TimeSpan? TwinAfter);

/// <summary>Decides what becomes of messages.</summary>
internal interface IMessageFaults
{
    MessageFate FateOf(Message message);
}
