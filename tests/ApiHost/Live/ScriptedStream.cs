using System.Text;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Live;

namespace Actors.ApiHost.Tests.Live;

/// <summary>A stream that the test writes; every connection reads it.</summary>
internal sealed class ScriptedStream(char letter) : ILiveStream
{
    private readonly Lock _gate = new();
    private readonly List<LiveChange> _changes = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reads;

    public char Letter => letter;

    public bool ShowsState { get; init; }

    /// <summary>Thrown instead of the next page.</summary>
    public Exception? Fault { get; set; }

    /// <summary>How often a page was read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    private long Newest
    {
        get
        {
            lock (_gate)
            {
                return _changes is [.., var newest] ? newest.Position : 0;
            }
        }
    }

    public ILiveSource? Open(Caller caller) => new Source(this);

    /// <summary>One event of as many envelopes as there are texts.</summary>
    public void Add(params string[] texts)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            var position = Newest + 1;
            _changes.AddRange(
                texts.Select(text => new LiveChange(
                    position,
                    "text",
                    DateTimeOffset.UnixEpoch,
                    Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}""")
                ))
            );
            (changed, _changed) = (
                _changed,
                new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
            );
        }
        changed.SetResult();
    }

    private sealed class Source(ScriptedStream stream) : ILiveSource
    {
        public bool ShowsState => stream.ShowsState;

        public Task<LiveStart> StartAsync() =>
            Task.FromResult(new LiveStart(stream.ShowsState ? 0 : stream.Newest, stream.Newest));

        public async Task<bool> ChangedAsync(long after)
        {
            while (stream.Newest <= after)
            {
                Task changed;
                lock (stream._gate)
                {
                    changed = stream._changed.Task;
                }
                if (stream.Newest <= after)
                {
                    await changed;
                }
            }
            return true;
        }

        public Task<LivePage> ReadAsync(long after, int limit)
        {
            Interlocked.Increment(ref stream._reads);
            if (stream.Fault is { } fault)
            {
                stream.Fault = null;
                return Task.FromException<LivePage>(fault);
            }
            lock (stream._gate)
            {
                var rest = stream._changes.Where(change => change.Position > after).GroupBy(change => change.Position);
                var page = rest.Take(limit).SelectMany(static one => one).ToList();
                var upTo = page is [.., var last] ? last.Position : after;
                return Task.FromResult(new LivePage(page, upTo, upTo < stream.Newest));
            }
        }
    }
}
