using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages;

/// <summary>A person's mood messages in memory: only how many there are of each kind.</summary>
public sealed record MoodMessageBox(ImmutableArray<MoodMessageKindCount> Counts)
{
    public static readonly MoodMessageBox Empty = new([]);

    public static MoodMessageBox Evolve(MoodMessageBox box, MoodMessageBoxEvent @event)
    {
        if (@event is not MoodMessageListed { Change: var (_, type, mood, _, _, _) })
        {
            return box;
        }
        for (var index = 0; index < box.Counts.Length; index++)
        {
            var count = box.Counts[index];
            if (count.Kind == type && count.Mood == mood)
            {
                return new MoodMessageBox(box.Counts.SetItem(index, count with { Count = count.Count + 1 }));
            }
        }
        return new MoodMessageBox(box.Counts.Add(new MoodMessageKindCount(type, mood, 1)));
    }

    public static MoodMessageBoxEvent Decide(MoodMessageChange change) =>
        change.IsNew ? new MoodMessageListed(change) : new MoodMessageMoved(change);

    public static bool IsAskedFor(MoodMessageChange change, ListMoodMessages query) =>
        IsAskedFor(change.Type, change.Mood, query);

    public long Count(ListMoodMessages query) =>
        Counts.Where(count => IsAskedFor(count.Kind, count.Mood, query)).Sum(static count => count.Count);

    private static bool IsAskedFor(MoodMessageType type, MoodKind mood, ListMoodMessages query) =>
        (query.Type ?? type) == type && (query.Mood ?? mood) == mood;
}

public readonly record struct MoodMessageKindCount(MoodMessageType Kind, MoodKind Mood, long Count);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MoodMessageListed), "mood-message-box.listed.v1")]
[JsonDerivedType(typeof(MoodMessageMoved), "mood-message-box.moved.v1")]
public abstract record MoodMessageBoxEvent(MoodMessageChange Change);

public sealed record MoodMessageListed(MoodMessageChange Change) : MoodMessageBoxEvent(Change);

/// <summary>One that is listed stands otherwise than before.</summary>
public sealed record MoodMessageMoved(MoodMessageChange Change) : MoodMessageBoxEvent(Change);
