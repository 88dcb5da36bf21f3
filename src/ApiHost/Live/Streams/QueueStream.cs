using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Queues;

namespace Actors.ApiHost.Live.Streams;

/// <summary>A model's own queue: how it is, at once and after each change.</summary>
internal sealed class QueueStream(IGrainFactory grains, TimeProvider time) : ILiveStream
{
    public char Letter => 'q';

    public ILiveSource? Open(Caller caller) =>
        caller.Role == ActorRole.Model ? new Source(grains.GetGrain<IQueueGrain>(caller.Id), time) : null;

    private sealed class Source(IQueueGrain queue, TimeProvider time) : FollowedSource(queue)
    {
        public override bool ShowsState => true;

        public override async Task<LivePage> ReadAsync(long after, int limit)
        {
            var view = await queue.View(null);
            // The view tells which version it shows, which may be newer than the one that was waited for.
            var upTo = Math.Max(view.Version, Newest);
            var change = LiveMessages.Of(
                upTo,
                "queue",
                time.GetUtcNow(),
                LiveQueue.OfModel(view),
                LiveQueueJson.Default.LiveQueue
            );
            return new LivePage([change], upTo, More: false);
        }
    }
}
