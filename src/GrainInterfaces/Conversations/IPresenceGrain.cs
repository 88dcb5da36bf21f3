using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Conversations;

/// <summary>
/// What is true of a person for the moment only: whether she is there, and what passes in her conversations. The key is the id of a
/// user or a model. Nothing of it is written down; after a restart nobody is there until the hosts ask again.
/// </summary>
[Alias("IPresenceGrain")]
public interface IPresenceGrain : IGrainWithStringKey
{
    /// <summary>How long a person counts as there after a host has last asked for her.</summary>
    static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(30);

    /// <summary>Signals that wait for a host to ask; of more the newest.</summary>
    const int MostSignals = 100;

    /// <summary>
    /// The person has live connections at a host, which asks for what passes after a number: answered as soon as there is
    /// something, at the latest after 20 seconds. Pass −1 to be answered at once.
    /// </summary>
    /// <param name="stay">The host's own name for this time of being connected.</param>
    Task<PassingPage> Listen(string stay, long after);

    /// <summary>The person has no connection at the host any more.</summary>
    Task Leave(string stay);

    /// <summary>Whether the person is there, as soon as it is otherwise than known, at the latest after 20 seconds.</summary>
    Task<bool> Watch(bool known);

    [ReadOnly]
    Task<bool> IsOnline();

    /// <summary>Passes something to the person's live connections; who has none never hears of it.</summary>
    Task Tell(PassingSignal signal);
}

public enum PassingKind
{
    /// <summary>The other side is writing.</summary>
    Typing,

    /// <summary>The conversation has begun, or was blocked or opened again: who the other side is to this one has changed.</summary>
    Standing,
}

/// <param name="Until">After that it is of no interest to anybody.</param>
[GenerateSerializer, Immutable, Alias("PassingSignal")]
public sealed record PassingSignal(
    [property: Id(0)] ConversationId Conversation,
    [property: Id(1)] PassingKind Kind,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] DateTimeOffset Until
);

/// <param name="UpTo">To be passed at the next question.</param>
[GenerateSerializer, Immutable, Alias("PassingPage")]
public sealed record PassingPage([property: Id(0)] IReadOnlyList<PassingSignal> Signals, [property: Id(1)] long UpTo);
