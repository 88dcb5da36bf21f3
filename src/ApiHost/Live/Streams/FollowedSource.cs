using Actors.GrainInterfaces.Durability;

namespace Actors.ApiHost.Live.Streams;

/// <summary>A stream that is one grain's own: versions are the numbers of its durable events.</summary>
internal abstract class FollowedSource(IFollowedGrain grain) : ILiveSource
{
    public virtual bool ShowsState => false;

    /// <summary>The newest version that the grain has told of.</summary>
    protected long Newest { get; private set; }

    public async Task<LiveStart> StartAsync()
    {
        Newest = await grain.Follow(-1);
        return new LiveStart(ShowsState ? 0 : Newest, Newest);
    }

    public async Task<bool> ChangedAsync(long after)
    {
        if (Newest <= after)
        {
            Newest = Math.Max(Newest, await grain.Follow(after));
        }
        return Newest > after;
    }

    public abstract Task<LivePage> ReadAsync(long after, int limit);
}
