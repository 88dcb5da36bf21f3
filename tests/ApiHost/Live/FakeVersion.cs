namespace Actors.ApiHost.Tests.Live;

/// <summary>What a followed grain says when it is asked for its newest version.</summary>
internal sealed class FakeVersion
{
    private readonly Lock _gate = new();
    private readonly List<(long After, TaskCompletionSource<long> Answer)> _asked = [];
    private long _newest;

    public long Newest
    {
        get => Volatile.Read(ref _newest);
        set
        {
            Volatile.Write(ref _newest, value);
            lock (_gate)
            {
                _asked.Where(one => one.After < value).ToList().ForEach(one => one.Answer.TrySetResult(value));
                _asked.RemoveAll(one => one.After < value);
            }
        }
    }

    /// <summary>Questions that nobody has been answered.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
            {
                return _asked.Count;
            }
        }
    }

    public Task<long> Follow(long after)
    {
        lock (_gate)
        {
            if (_newest > after)
            {
                return Task.FromResult(_newest);
            }
            var answer = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked.Add((after, answer));
            return answer.Task;
        }
    }
}
