using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Conversations;

namespace Actors.Grains.Conversations;

/// <summary>One person's conversations in the order of their newest messages.</summary>
/// <param name="Latest">The list's own number of the newest message of each conversation, by its id.</param>
public sealed record ConversationList(long Version, ImmutableDictionary<string, long> Latest)
{
    // Before the empty list, which needs it.
    private static readonly Comparer<(long Number, string Conversation)> NewestFirst = Comparer<(
        long Number,
        string Conversation
    )>.Create(static (one, other) => other.Number.CompareTo(one.Number));

    public static readonly ConversationList Empty = new(0, ImmutableDictionary<string, long>.Empty);

    /// <summary>The same, newest first; made from all of <see cref="Latest"/> only where there is no list before to go on from.</summary>
    [JsonIgnore]
    public ImmutableSortedSet<(long Number, string Conversation)> ByNumber { get; private init; } =
        Latest.Select(static one => (one.Value, one.Key)).ToImmutableSortedSet(NewestFirst);

    /// <summary>The only event is a change, so that the number of an event is the number of a change.</summary>
    public static ConversationList Evolve(ConversationList list, ConversationListEvent @event)
    {
        var version = list.Version + 1;
        return @event is ConversationChanged { Change: { Kind: ConversationChangeKind.Sent } change }
            ? Bounded(list.Move(change.Conversation.ToString(), version))
            : list with
            {
                Version = version,
            };
    }

    public ConversationIdPage Page(int limit, int offset) =>
        new(
            [
                .. Enumerable
                    .Range(offset, Math.Clamp(ByNumber.Count - offset, 0, limit))
                    .Select(at => ConversationId.Parse(ByNumber[at].Conversation)),
            ],
            Latest.Count
        );

    private ConversationList Move(string conversation, long version)
    {
        var others = Latest.TryGetValue(conversation, out var before)
            ? ByNumber.Remove((before, conversation))
            : ByNumber;
        return this with
        {
            Version = version,
            Latest = Latest.SetItem(conversation, version),
            ByNumber = others.Add((version, conversation)),
        };
    }

    private static ConversationList Bounded(ConversationList list)
    {
        if (list.Latest.Count <= IConversationListGrain.Kept)
        {
            return list;
        }
        // The last of them in this order.
        var oldest = list.ByNumber.Max;
        return list with { Latest = list.Latest.Remove(oldest.Conversation), ByNumber = list.ByNumber.Remove(oldest) };
    }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConversationChanged), "conversation-list.changed.v1")]
public abstract record ConversationListEvent;

public sealed record ConversationChanged(ConversationChange Change) : ConversationListEvent;
