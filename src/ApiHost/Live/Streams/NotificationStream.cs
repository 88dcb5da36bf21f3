using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Notifications;

namespace Actors.ApiHost.Live.Streams;

/// <summary>Anybody's inbox: what arrives, and how many are unread, at once and after some were read wherever that was.</summary>
internal sealed class NotificationStream(IGrainFactory grains, TimeProvider time) : ILiveStream
{
    public char Letter => 'n';

    public ILiveSource? Open(Caller caller) =>
        new NotificationSource(grains.GetGrain<INotificationInboxGrain>(caller.Key), time);
}

/// <summary>
/// Its versions are the ids of notifications, not of events: reading moves no client. How many are unread is a state, and
/// told at the begin of every connection, so no client can have missed it.
/// </summary>
internal sealed class NotificationSource(INotificationInboxGrain inbox, TimeProvider time) : ILiveSource
{
    private long _version;
    private bool _hasRead;

    public bool ShowsState => false;

    public async Task<LiveStart> StartAsync()
    {
        // In this order: what arrives in between is found when the version is asked for.
        _version = await inbox.Follow(-1);
        var newest = await inbox.List(limit: 1, offset: 0);
        var id = newest.Notifications is [var item] ? item.Id : 0;
        return new LiveStart(id, id);
    }

    public async Task<bool> ChangedAsync(long after)
    {
        if (!_hasRead)
        {
            return true;
        }
        var version = await inbox.Follow(_version);
        var changed = version > _version;
        _version = Math.Max(_version, version);
        return changed;
    }

    public async Task<LivePage> ReadAsync(long after, int limit)
    {
        var page = await inbox.Since(after, limit);
        var changes = page.Notifications.Select(Arrived).ToList();
        var upTo = page.Notifications is [.., var last] ? last.Id : after;
        var more = changes.Count == limit;
        if (!more && (changes.Count == 0 || !_hasRead))
        {
            var unread = new LiveUnread(page.Unread);
            changes.Add(
                LiveMessages.Of(upTo, "unread", time.GetUtcNow(), unread, LiveNotificationJson.Default.LiveUnread)
            );
        }
        _hasRead |= !more;
        return new LivePage(changes, upTo, more);
    }

    private static LiveChange Arrived(NotificationItem item) =>
        LiveMessages.Of(
            item.Id,
            "notification",
            item.At,
            LiveNotification.Of(item),
            LiveNotificationJson.Default.LiveNotification
        );
}
