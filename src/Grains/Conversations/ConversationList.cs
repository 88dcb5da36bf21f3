using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Conversations;

namespace Actors.Grains.Conversations;

/// <summary>One person's conversations in the order of their newest messages.</summary>
/// <param name="Latest">The list's own number of the newest message of each conversation, by its id.</param>
public sealed record ConversationList(long Version, ImmutableDictionary<string, long> Latest)
{
    public static readonly ConversationList Empty = new(0, ImmutableDictionary<string, long>.Empty);

    /// <summary>The same, newest first; made from <see cref="Latest"/>.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<long, string> ByNumber { get; private init; } =
        Latest.ToImmutableSortedDictionary(
            static one => one.Value,
            static one => one.Key,
            Comparer<long>.Create(static (one, other) => other.CompareTo(one))
        );

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
        new([.. ByNumber.Values.Skip(offset).Take(limit).Select(ConversationId.Parse)], Latest.Count);

    private ConversationList Move(string conversation, long version)
    {
        var others = Latest.TryGetValue(conversation, out var before) ? ByNumber.Remove(before) : ByNumber;
        return new ConversationList(version, Latest.SetItem(conversation, version))
        {
            ByNumber = others.Add(version, conversation),
        };
    }

    private static ConversationList Bounded(ConversationList list)
    {
        if (list.Latest.Count <= IConversationListGrain.Kept)
        {
            return list;
        }
        var (number, conversation) = list.ByNumber.Last();
        return new ConversationList(list.Version, list.Latest.Remove(conversation))
        {
            ByNumber = list.ByNumber.Remove(number),
        };
    }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConversationChanged), "conversation-list.changed.v1")]
public abstract record ConversationListEvent;

public sealed record ConversationChanged(ConversationChange Change) : ConversationListEvent;
