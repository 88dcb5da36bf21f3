using Actors.GrainInterfaces.Durability;

namespace Actors.GrainInterfaces.MoodMessages;

/// <summary>
/// Listens to what a user writes in one conversation, and has the system act when that sounds distressed; the key is the
/// conversation's id. It keeps how messages sounded, and no texts: those it reads in the conversation.
/// </summary>
[Alias("IEscalationGrain")]
public interface IEscalationGrain : IGrainWithStringKey
{
    Task Receive(IReadOnlyList<Delivered<UserWrote>> messages);
}

/// <param name="Number">Of the message in its conversation.</param>
/// <param name="Alarm">How it sounds, when it is one distressed message too many; null when it is still to be listened to.</param>
[GenerateSerializer, Immutable, Alias("UserWrote")]
public sealed record UserWrote(
    [property: Id(0)] long Number,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] DetectedMood? Alarm = null
);
