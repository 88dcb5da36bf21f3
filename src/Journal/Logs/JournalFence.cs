namespace Actors.Journal.Logs;

/// <summary>
/// After a write or sync failed nobody knows what the disk holds, and asking again may get a wrong yes. So the first
/// failure ends all writing for the rest of this journal's life.
/// </summary>
internal sealed class JournalFence
{
    private Exception? _cause;

    public event Action<Exception>? Raised;

    public Exception? Cause => Volatile.Read(ref _cause);

    public bool IsRaised => Cause is not null;

    public void Raise(Exception cause)
    {
        if (Interlocked.CompareExchange(ref _cause, cause, null) is null)
        {
            Raised?.Invoke(cause);
        }
    }

    public JournalUncertainException Uncertain() =>
        new("The journal stopped writing after a failed write or sync; reopen it and read what is there.", _cause);
}
