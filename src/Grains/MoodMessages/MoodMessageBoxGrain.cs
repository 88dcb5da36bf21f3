using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.Durability;

namespace Actors.Grains.MoodMessages;

[GrainType("mood-message-box")]
public sealed class MoodMessageBoxGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<MoodMessageBox, MoodMessageBoxEvent>(context, services, Definition),
        IMoodMessageBoxGrain
{
    private const int ReadAtOnce = 128;

    /// <summary>Changes that are looked at for one page, however few of them are wanted.</summary>
    private const int MostRead = 4_000;

    private static readonly Aggregate<MoodMessageBox, MoodMessageBoxEvent> Definition = new()
    {
        Initial = MoodMessageBox.Empty,
        Evolve = MoodMessageBox.Evolve,
        EventJson = MoodMessageJson.Default.MoodMessageBoxEvent,
        StateJson = MoodMessageJson.Default.MoodMessageBox,
    };

    public Task Receive(IReadOnlyList<Delivered<MoodMessageChange>> changes) =>
        CommitOnce(changes, MoodMessageBox.Decide);

    public async Task<MoodMessageIdPage> List(ListMoodMessages query)
    {
        var total = Durable.Count(query);
        var position = Math.Min(query.Before ?? long.MaxValue, DurableVersion + 1);
        var end = Math.Max(1, position - MostRead);
        var (left, found) = (query.Offset, new List<string>());
        while (position > end && found.Count < query.Limit)
        {
            foreach (var (version, @event) in await ReadBackwardAsync(position, ReadAtOnce))
            {
                position = version;
                if (@event is MoodMessageListed { Change: var change } && MoodMessageBox.IsAskedFor(change, query))
                {
                    if (left > 0)
                    {
                        left--;
                        continue;
                    }
                    found.Add(change.MessageId);
                    if (found.Count == query.Limit)
                    {
                        break;
                    }
                }
            }
        }
        return new MoodMessageIdPage(found, total, position > 1 ? position : null);
    }

    public async Task<IReadOnlyList<NumberedMoodMessageChange>> Since(long after, int limit)
    {
        var events = await ReadForwardAsync(after + 1, limit);
        return [.. events.Select(static one => new NumberedMoodMessageChange(one.Version, one.Event.Change))];
    }
}
