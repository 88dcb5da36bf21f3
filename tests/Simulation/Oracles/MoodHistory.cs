using Actors.GrainInterfaces.Identity;
using Actors.Grains.Moods;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>One mood stream as the journal holds it in the end.</summary>
internal sealed record MoodHistory(
    string Stream,
    IReadOnlyList<MoodEvent> Events,
    IReadOnlyList<ExpectedMood> Moods,
    Authorship Authors
)
{
    public static MoodHistory Read(Evidence evidence, string stream, List<string> violations)
    {
        MoodEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<MoodEvent>(recorded)),
        ];
        Actor?[] actors = [.. events.Select(ActorOf)];
        var authors = Authorship.Of(stream, actors, evidence.OperationsOn(stream), violations);
        var moods = new List<ExpectedMood> { ExpectedMood.Untouched };
        for (var version = 1; version <= events.Length; version++)
        {
            moods.Add(moods[^1].After(events[version - 1], authors.OperationOf(version)?.Command));
        }
        return new MoodHistory(stream, events, moods, authors);
    }

    private static Actor? ActorOf(MoodEvent @event) =>
        @event switch
        {
            MoodSet set => set.Actor,
            MoodOverridden overridden => overridden.Actor,
            _ => null,
        };
}
