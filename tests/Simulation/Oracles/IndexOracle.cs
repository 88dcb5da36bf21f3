using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.Grains.Conversations;
using Actors.Grains.Identity;
using Actors.Grains.MoodAnalytics;
using Actors.Grains.Moods;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>Indexes that outboxes feed hold every event of their sources exactly once and in order: the mood feed, the directory; automated replies are counted once.</summary>
internal sealed class IndexOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence
            .StreamsOf("model")
            .Select(static stream => stream["model/".Length..])
            .SelectMany(model =>
                CheckDirectory(model, evidence).Concat(CheckFeed(model, evidence)).Concat(CheckReplies(model, evidence))
            );

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

    /// <summary>Each automated reply is told when it goes out, and once more when the user's next message comes within an hour.</summary>
    private static IEnumerable<string> CheckReplies(string model, Evidence evidence)
    {
        var caused = evidence
            .StreamsOf("conversation")
            .Select(static stream => (Stream: stream, Id: ConversationId.Parse(stream["conversation/".Length..])))
            .Where(one => one.Id.PeerId == model)
            .SelectMany(one => RepliesIn(one.Stream, model, evidence));
        var counted = evidence
            .EventsOf($"mood-feed/{Shards.Of(model)}")
            .Select(static recorded => EventJson.Read<MoodFeedEvent>(recorded))
            .OfType<ReplyCounted>()
            .Select(static counted => counted.Reply)
            .Where(reply => reply.ModelId == model);
        // Conversations tell the feed each in its own order.
        return Compare(Sorted(caused), Sorted(counted), $"the automated replies of {model}");
    }

    private static IEnumerable<AutomatedReply> RepliesIn(string stream, string model, Evidence evidence)
    {
        DateTimeOffset? last = null;
        foreach (var recorded in evidence.EventsOf(stream))
        {
            if (EventJson.Read<ConversationEvent>(recorded) is not MessageSent sent)
            {
                continue;
            }
            if (sent.Auto?.Kind == AutomatedKind.AutoResponse)
            {
                last = sent.At;
                yield return new AutomatedReply(model, sent.At, Answered: false);
            }
            else if (sent.Sender == MessageSender.User)
            {
                if (last is { } repliedAt && sent.At - repliedAt < TimeSpan.FromHours(1))
                {
                    yield return new AutomatedReply(model, repliedAt, Answered: true);
                }
                last = null;
            }
        }
    }

    private static IEnumerable<AutomatedReply> Sorted(IEnumerable<AutomatedReply> replies) =>
        replies.OrderBy(static reply => reply.SentAt).ThenBy(static reply => reply.Answered);

    private static IEnumerable<string> Compare<T>(IEnumerable<T> expected, IEnumerable<T> found, string what)
    {
        var (caused, received) = (expected.ToArray(), found.ToArray());
        return caused.SequenceEqual(received)
            ? []
            : [$"{what} are [{string.Join(", ", received)}], caused by [{string.Join(", ", caused)}]"];
    }
}
