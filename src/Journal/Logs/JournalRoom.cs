namespace Actors.Journal.Logs;

/// <summary>
/// Whether there is room for what is to be written. While there is none, appends are refused, but for one now and then that
/// finds out whether it is still so.
/// </summary>
internal sealed class JournalRoom(TimeProvider time)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private volatile JournalFull? _full;
    private long _triedAt;

    public JournalFull? Full => _full;

    /// <summary>Called when <see cref="Full"/> comes and when it goes.</summary>
    public Action<JournalFull?>? Changed { get; set; }

    public JournalFullException Refusal() => new(_full?.Reason ?? "there was no room.");

    /// <summary>False when there is no room, and whoever asks is not the one who finds out.</summary>
    public bool MayTry()
    {
        if (_full is null)
        {
            return true;
        }
        lock (_gate)
        {
            if (_full is not null && time.GetElapsedTime(_triedAt) < BetweenTries)
            {
                return false;
            }
            _triedAt = time.GetTimestamp();
            return true;
        }
    }

    public void Refuse(Exception cause)
    {
        lock (_gate)
        {
            _triedAt = time.GetTimestamp();
            if (_full is not null)
            {
                return;
            }
            _full = new(cause.Message, time.GetUtcNow());
        }
        Changed?.Invoke(_full);
    }

    public void Found()
    {
        if (_full is null)
        {
            return;
        }
        _full = null;
        Changed?.Invoke(null);
    }
}
