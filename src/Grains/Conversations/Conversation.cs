using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;

namespace Actors.Grains.Conversations;

/// <summary>
/// A conversation as the fold of its events. The messages themselves stay in the stream; this says where they are and what has
/// become of them.
/// </summary>
/// <param name="Version">The number of the newest event.</param>
/// <param name="Total">The number of the newest message.</param>
/// <param name="Places">The event of every <see cref="MessagesAPlace"/>th message, beginning with the first.</param>
/// <param name="Marks">Messages that were changed or deleted, by number.</param>
/// <param name="Keys">Of the newest messages that have one.</param>
/// <param name="Owed">What the model owes without having typed it.</param>
/// <param name="IsErased">For good: nothing is sent here any more.</param>
/// <param name="Files">Attachments of all messages, of deleted ones as well: what was sent once is not sent again.</param>
/// <param name="ActiveHour">The UTC hour, since 1970, in which the user was last said to be active.</param>
/// <param name="Distressed">How many of the user's newest messages in a row sound distressed.</param>
public sealed record Conversation(
    long Version,
    long Total,
    ImmutableList<long> Places,
    ImmutableDictionary<long, MessageMark> Marks,
    ImmutableList<KeyedMessage> Keys,
    SideState User,
    SideState Peer,
    int Reports,
    Owed Owed,
    bool IsErased,
    ImmutableSortedDictionary<AttachmentId, SentFile> Files,
    long? ActiveHour = null,
    int Distressed = 0
)
{
    public const int MessagesAPlace = 64;
    public const int KeptKeys = 200;

    public static readonly Conversation Empty = new(
        0,
        0,
        [],
        ImmutableDictionary<long, MessageMark>.Empty,
        [],
        SideState.Fresh,
        SideState.Fresh,
        0,
        Owed.Nothing,
        false,
        ImmutableSortedDictionary<AttachmentId, SentFile>.Empty
    );

    /// <summary>Whether anything ever happened in it, a tip included.</summary>
    [JsonIgnore]
    public bool HasBegun => Version > 0;

    [JsonIgnore]
    public bool IsBlocked => User.Blocked || Peer.Blocked;

    /// <summary>Whether the two sides may know of each other what passes.</summary>
    [JsonIgnore]
    public bool IsOpen => HasBegun && !IsErased && !IsBlocked;

    public SideState Of(Side side) => side == Side.User ? User : Peer;

    public Conversation With(Side side, SideState state) =>
        side == Side.User ? this with { User = state } : this with { Peer = state };

    public bool IsDeleted(long number) => Marks.TryGetValue(number, out var mark) && mark.DeletedAt is not null;

    /// <summary>A file of a message that is there.</summary>
    public SentFile? FindFile(AttachmentId id) =>
        Files.TryGetValue(id, out var file) && !IsDeleted(file.Number) ? file : null;

    public long? FindKey(ulong fingerprint)
    {
        for (var index = Keys.Count - 1; index >= 0; index--)
        {
            if (Keys[index].Fingerprint == fingerprint)
            {
                return Keys[index].Number;
            }
        }
        return null;
    }
}

/// <param name="Unread">Messages of the other side that this one has not read; the newest of them.</param>
/// <param name="ClearedUpTo">What this side no longer wants to see.</param>
public sealed record SideState(ImmutableSortedSet<long> Unread, long ClearedUpTo, bool Blocked)
{
    public static readonly SideState Fresh = new([], 0, false);
}

/// <param name="EditedIn">The event with the newest text; null when it was never changed.</param>
public sealed record MessageMark(long? EditedIn, int Edits, DateTimeOffset? EditedAt, DateTimeOffset? DeletedAt)
{
    public static readonly MessageMark None = new(null, 0, null, null);
}

/// <param name="Number">Of the message that has it.</param>
public sealed record SentFile(
    [property: JsonPropertyName("n")] long Number,
    [property: JsonPropertyName("t")] AttachmentType Type,
    [property: JsonPropertyName("b")] long Bytes
);

public readonly record struct KeyedMessage(
    [property: JsonPropertyName("k")] ulong Fingerprint,
    [property: JsonPropertyName("n")] long Number
);
