using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Live.Streams;

/// <summary>
/// A user's places in the queues of models, wherever a purchase of theirs is not finished: how they are, at once and after
/// each change. One letter stands for all of those queues, so its position is a digest of what was shown.
/// </summary>
internal sealed class PlacesStream(IGrainFactory grains, TimeProvider time) : ILiveStream
{
    public char Letter => 'p';

    public ILiveSource? Open(Caller caller) =>
        caller.Role == ActorRole.User ? new PlacesSource(grains, time, caller.Id) : null;
}

internal sealed class PlacesSource(IGrainFactory grains, TimeProvider time, string userId) : ILiveSource
{
    /// <summary>Queues followed at once; who waits in more sees those that come first by name.</summary>
    public const int MaxQueues = 20;

    private readonly IPurchaserGrain _purchaser = grains.GetGrain<IPurchaserGrain>(userId);
    private readonly Dictionary<string, Followed> _queues = [];
    private readonly Followed _balance = new(grains.GetGrain<IBalanceGrain>(userId), -1);
    private Dictionary<string, byte[]> _shown = [];
    private bool _hasRead;

    public bool ShowsState => true;

    public Task<LiveStart> StartAsync() => Task.FromResult(new LiveStart(0, PlacesDigest.Largest));

    /// <summary>A purchase that is made or settled moves the balance; in between, its queue changes.</summary>
    public async Task<bool> ChangedAsync(long after)
    {
        if (!_hasRead)
        {
            return true;
        }
        Followed[] all = [_balance, .. _queues.Values];
        await Task.WhenAny(all.Select(static followed => followed.Ask()));
        var changed = false;
        foreach (var followed in all)
        {
            changed |= await followed.TakeAsync();
        }
        return changed;
    }

    public async Task<LivePage> ReadAsync(long after, int limit)
    {
        var open = (await _purchaser.OpenQueues()).ModelIds.Order(StringComparer.Ordinal).Take(MaxQueues).ToList();
        var views = await Task.WhenAll(open.Select(id => grains.GetGrain<IQueueGrain>(id).View(userId).AsTask()));
        var now = views.Where(static view => view.Entries.Count > 0).ToDictionary(static v => v.ModelId, Json);
        Follow(open, views);
        var upTo = PlacesDigest.Of(now);
        if (!_hasRead && upTo == after)
        {
            // Resumed, and nothing is different from what the client has seen.
            _shown = now;
        }
        _hasRead = true;
        List<LiveChange> changes =
        [
            .. now.Where(one =>
                    !_shown.TryGetValue(one.Key, out var before) || !one.Value.AsSpan().SequenceEqual(before)
                )
                .Select(one => Change(upTo, one.Value)),
            .. _shown.Keys.Where(id => !now.ContainsKey(id)).Select(id => Change(upTo, Json(Left(id, views)))),
        ];
        _shown = now;
        return new LivePage(changes, upTo, More: false);
    }

    /// <summary>The same questions stay open for queues that go on being followed: asking again would pile them up.</summary>
    private void Follow(IReadOnlyList<string> open, QueueView[] views)
    {
        foreach (var gone in _queues.Keys.Except(open).ToList())
        {
            _queues.Remove(gone);
        }
        foreach (var (id, view) in open.Zip(views))
        {
            if (!_queues.ContainsKey(id))
            {
                _queues.Add(id, new Followed(grains.GetGrain<IQueueGrain>(id), view.Version));
            }
        }
    }

    private LiveChange Change(long position, byte[] data) => new(position, "queue", time.GetUtcNow(), data);

    private static QueueView Left(string modelId, QueueView[] views) =>
        Array.Find(views, view => view.ModelId == modelId) ?? new QueueView(modelId, false, 0, [], 0);

    private static byte[] Json(QueueView view) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(LiveQueue.OfUser(view), LiveQueueJson.Default.LiveQueue);

    /// <summary>A grain with one open question about what came after the newest version that was heard of.</summary>
    private sealed class Followed(IFollowedGrain grain, long newest)
    {
        private Task<long>? _asked;

        public Task Ask() => _asked ??= grain.Follow(newest);

        public async Task<bool> TakeAsync()
        {
            if (_asked is not { IsCompleted: true } answered)
            {
                return false;
            }
            _asked = null;
            var version = await answered;
            var changed = version > newest;
            newest = Math.Max(newest, version);
            return changed;
        }
    }
}
