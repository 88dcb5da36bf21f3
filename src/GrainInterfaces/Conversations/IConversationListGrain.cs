using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Conversations;

/// <summary>
/// One person's conversations, and everything that happens in them, in one order: what a live feed follows. The key is the id of a
/// user or a model. It knows no texts.
/// </summary>
[Alias("IConversationListGrain")]
public interface IConversationListGrain : IFollowedGrain
{
    /// <summary>The conversations with the newest messages that are listed.</summary>
    const int Kept = 20_000;

    Task Receive(IReadOnlyList<Delivered<ConversationChange>> changes);

    /// <summary>Those with the newest messages first.</summary>
    [ReadOnly]
    Task<ConversationIdPage> List(int limit, int offset);

    /// <summary>Changes after one, oldest first.</summary>
    [ReadOnly]
    Task<IReadOnlyList<NumberedChange>> Since(long after, int limit);
}

public enum ConversationChangeKind
{
    Sent,
    Edited,
    Deleted,
    Read,
    Cleared,
}

/// <param name="By">Whose doing it was.</param>
/// <param name="Numbers">The messages that it is about; empty for all so far.</param>
[GenerateSerializer, Immutable, Alias("ConversationChange")]
public sealed record ConversationChange(
    [property: Id(0)] ConversationId Conversation,
    [property: Id(1)] ConversationChangeKind Kind,
    [property: Id(2)] Side By,
    [property: Id(3)] IReadOnlyList<long> Numbers,
    [property: Id(4)] DateTimeOffset At
);

[GenerateSerializer, Immutable, Alias("NumberedChange")]
public sealed record NumberedChange([property: Id(0)] long Version, [property: Id(1)] ConversationChange Change);

[GenerateSerializer, Immutable, Alias("ConversationIdPage")]
public sealed record ConversationIdPage(
    [property: Id(0)] IReadOnlyList<ConversationId> Conversations,
    [property: Id(1)] int Total
);
