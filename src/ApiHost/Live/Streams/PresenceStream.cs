using Actors.ApiHost.Auth;
using Actors.ApiHost.Live.Presence;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Live.Streams;

/// <summary>Who of those that a user or a model talks with is there, and who is writing.</summary>
internal sealed class PresenceStream(IGrainFactory grains, LivePresence presence, TimeProvider time) : IPassingStream
{
    public ILiveSource? Open(Caller caller) =>
        caller.Role is ActorRole.User or ActorRole.Model
            ? new PresenceSource(
                grains,
                presence,
                time,
                caller.Id,
                caller.Role == ActorRole.User ? Side.User : Side.Peer
            )
            : null;
}

/// <summary>
/// Looks at the other sides of a bounded number of conversations: those with the newest messages as the connection begins, and those
/// in which something passes afterwards. Whether two may know of each other is asked whenever there is something to know.
/// </summary>
internal sealed class PresenceSource(
    IGrainFactory grains,
    LivePresence presence,
    TimeProvider time,
    string person,
    Side side
) : ILiveSource, IDisposable
{
    /// <summary>Conversations whose other sides one connection looks at.</summary>
    public const int MostLooks = 20;

    private readonly Lock _gate = new();
    private readonly List<PassingSignal> _heard = [];

    // The one looked at for the longest comes first.
    private readonly List<Seen> _seen = [];
    private TaskCompletionSource _news = NoNews();
    private IDisposable? _stay;
    private bool _hasRead;
    private bool _isOver;

    public bool ShowsState => true;

    public async Task<LiveStart> StartAsync()
    {
        _stay = await presence.EnterAsync(person, Hear);
        Wake();
        return new LiveStart(0, 0);
    }

    public async Task<bool> ChangedAsync(long after)
    {
        Task news;
        lock (_gate)
        {
            news = _news.Task;
        }
        await news;
        return true;
    }

    public async Task<LivePage> ReadAsync(long after, int limit)
    {
        PassingSignal[] heard;
        lock (_gate)
        {
            _news = NoNews();
            heard = [.. _heard];
            _heard.Clear();
        }
        try
        {
            if (!_hasRead)
            {
                var newest = await grains.GetGrain<IConversationListGrain>(person).List(MostLooks, offset: 0);
                foreach (var conversation in newest.Conversations.Reverse().Where(HasPerson))
                {
                    LookAt(conversation);
                }
                _hasRead = true;
            }
            foreach (var signal in heard)
            {
                LookAt(signal.Conversation).HasNewStanding |= signal.Kind == PassingKind.Standing;
            }
            var now = time.GetUtcNow();
            var shown = await Task.WhenAll(_seen.Where(static one => one.IsNews).Select(one => ShowAsync(one, now)));
            var typing = heard.Where(one => one.Kind == PassingKind.Typing && now < one.Until).Select(Typing);
            return new LivePage([.. shown.OfType<LiveChange>(), .. typing], UpTo: 0, More: false);
        }
        catch
        {
            // What was not shown is news still.
            Wake();
            throw;
        }
    }

    public void Dispose()
    {
        Seen[] seen;
        lock (_gate)
        {
            _isOver = true;
            seen = [.. _seen];
        }
        _stay?.Dispose();
        foreach (var one in seen)
        {
            one.Look.Dispose();
        }
    }

    private static TaskCompletionSource NoNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Pets have no connections.</summary>
    private static bool HasPerson(ConversationId id) => id.Kind == PeerKind.Model;

    private string PeerOf(ConversationId id) => side == Side.User ? id.PeerId : id.UserId;

    private void Hear(PassingSignal signal)
    {
        lock (_gate)
        {
            if (_heard.Count == IPresenceGrain.MostSignals)
            {
                _heard.RemoveAt(0);
            }
            _heard.Add(signal);
        }
        Wake();
    }

    private void Wake()
    {
        lock (_gate)
        {
            _news.TrySetResult();
        }
    }

    private Seen LookAt(ConversationId id)
    {
        if (_seen.Find(one => one.Id == id) is { } known)
        {
            return known;
        }
        var seen = new Seen(id, presence.Watch(PeerOf(id), Wake));
        ILooking? over = null;
        lock (_gate)
        {
            if (_isOver)
            {
                // The connection has ended while this was read.
                over = seen.Look;
            }
            else if (_seen.Count == MostLooks)
            {
                over = _seen[0].Look;
                _seen.RemoveAt(0);
            }
            if (!_isOver)
            {
                _seen.Add(seen);
            }
        }
        over?.Dispose();
        return seen;
    }

    /// <summary>Null when there is nothing to show. Who goes while one of the two blocks is not seen going.</summary>
    private async Task<LiveChange?> ShowAsync(Seen seen, DateTimeOffset now)
    {
        var online = seen.Look.IsOnline;
        var conversation = grains.GetGrain<IConversationGrain>(seen.Id.ToString());
        var isOpen = (await conversation.CheckOpen(side)).Refusal is null;
        var (before, hadNewStanding) = (seen.IsShown, seen.HasNewStanding);
        (seen.IsShown, seen.HasNewStanding) = (online && isOpen, false);
        seen.WasOnline = online;
        return seen.IsShown == before || !(isOpen || hadNewStanding)
            ? null
            : LiveMessages.Of(
                0,
                "presence",
                now,
                new LivePresent(PeerOf(seen.Id), seen.IsShown),
                LivePresenceJson.Default.LivePresent
            );
    }

    private LiveChange Typing(PassingSignal signal) =>
        LiveMessages.Of(
            0,
            "typing",
            signal.At,
            new LiveTyping(PeerOf(signal.Conversation), signal.Until),
            LivePresenceJson.Default.LiveTyping
        );

    private sealed class Seen(ConversationId id, ILooking look)
    {
        public ConversationId Id => id;

        public ILooking Look => look;

        public bool WasOnline { get; set; }

        /// <summary>What the client has been told.</summary>
        public bool IsShown { get; set; }

        public bool HasNewStanding { get; set; }

        public bool IsNews => HasNewStanding || look.IsOnline != WasOnline;
    }
}
