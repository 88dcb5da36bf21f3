using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.Grains.Identity;
using Actors.Grains.MoodAnalytics;
using Actors.Grains.Moods;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>Indexes that outboxes feed hold every event of their sources exactly once and in order: the mood feed, the directory.</summary>
internal sealed class IndexOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence
            .StreamsOf("model")
            .Select(static stream => stream["model/".Length..])
            .SelectMany(model => CheckDirectory(model, evidence).Concat(CheckFeed(model, evidence)));

    private static IEnumerable<string> CheckDirectory(string model, Evidence evidence)
    {
        var names = evidence
            .EventsOf($"model/{model}")
            .Select(static recorded => EventJson.Read<ModelProfileEvent>(recorded))
            .Select(static @event =>
                @event switch
                {
                    ModelRegistered registered => registered.DisplayName,
                    ModelRenamed renamed => renamed.DisplayName,
                    _ => null,
                }
            )
            .OfType<string>();
        var listed = evidence
            .EventsOf($"model-directory/{Shards.Of(model)}")
            .Select(static recorded => EventJson.Read<ModelListed>(recorded))
            .Where(listing => listing.ModelId == model)
            .Select(static listing => listing.DisplayName);
        return Compare(names, listed, $"the directory's names of {model}");
    }

    private static IEnumerable<string> CheckFeed(string model, Evidence evidence)
    {
        var history = MoodHistory.Read(evidence, $"mood/{model}", []);
        var changes = history.Events.Select(
            (@event, index) =>
                new MoodChange(model, index + 1, @event.PreviousState, @event.State, @event.At, @event is MoodSet)
        );
        var stream = $"mood-feed/{Shards.Of(model)}";
        var recorded = evidence
            .EventsOf(stream)
            .Select(static recorded => EventJson.Read<MoodFeedEvent>(recorded))
            .OfType<MoodChangeRecorded>()
            .Select(static @event => @event.Change)
            .Where(change => change.ModelId == model)
            .ToArray();
        var summaries = evidence
            .OperationsOn(stream)
            .Where(operation => operation.Command is ReadFeed read && read.ModelId == model)
            .Select(static operation => operation.Value)
            .OfType<MoodFeedSummary>();
        return Compare(changes, recorded, $"the feed's changes of {model}")
            .Concat(
                summaries
                    .Select(static summary => summary.Days.Sum(static day => day.Changes))
                    .Where(counted => counted != recorded.Length)
                    .Select(counted => $"the analytics count {counted} changes of {model}, which has {recorded.Length}")
            );
    }

    private static IEnumerable<string> Compare<T>(IEnumerable<T> expected, IEnumerable<T> found, string what)
    {
        var (caused, received) = (expected.ToArray(), found.ToArray());
        return caused.SequenceEqual(received)
            ? []
            : [$"{what} are [{string.Join(", ", received)}], caused by [{string.Join(", ", caused)}]"];
    }
}
