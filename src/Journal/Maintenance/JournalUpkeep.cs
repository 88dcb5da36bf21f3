namespace Actors.Journal.Maintenance;

/// <summary>
/// What an open journal does beside appends: saves the index, rewrites files of dead snapshots, deletes what is too old.
/// One such work at a time. None of it is needed for correctness, so a failure is logged and tried again.
/// </summary>
internal sealed class JournalUpkeep(JournalParts parts)
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private ITimer? _timer;
    private long _unsavedBytes;
    private long _savedBytes;
    private bool _saving;

    public void Start()
    {
        if (parts.Options.Retention.Count == 0)
        {
            return;
        }
        _ = ApplyRetentionAsync();
        if (parts.Options.Drive == JournalDrive.Thread)
        {
            var interval = parts.Options.RetentionInterval;
            _timer = parts.Time.CreateTimer(_ => ApplyRetentionAsync(), null, interval, interval);
        }
    }

    /// <summary>
    /// Saves the index when enough has been written since the last time: at least the configured bytes, and twice what
    /// the index itself takes, so that saving never costs more than half of what is logged.
    /// </summary>
    public void Wrote(int bytes)
    {
        lock (_gate)
        {
            _unsavedBytes += bytes;
            if (_saving || _unsavedBytes < Math.Max(parts.Options.CheckpointBytes, _savedBytes * 2))
            {
                return;
            }
            _saving = true;
        }
        _ = Run(SaveAsync);
    }

    public Task ApplyRetentionAsync() => Run(DeleteOldAsync);

    public async Task StopAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
        await Run(CloseAsync);
    }

    private Task Run(Func<Task> work)
    {
        lock (_gate)
        {
            // In manual drive everything stays on the caller's thread; else a disk may keep the caller waiting.
            var previous = _running;
            return _running =
                parts.Options.Drive == JournalDrive.Manual
                    ? AfterAsync(previous, work)
                    : Task.Run(() => AfterAsync(previous, work));
        }
    }

    private async Task AfterAsync(Task previous, Func<Task> work)
    {
        await previous;
        try
        {
            await work();
        }
        catch (Exception error)
            when (error is IOException or JournalUncertainException or JournalFullException or ObjectDisposedException)
        {
            parts.LogUpkeepFailed(error);
        }
    }

    private async Task SaveAsync()
    {
        long covered;
        lock (_gate)
        {
            covered = _unsavedBytes;
        }
        try
        {
            parts.Snapshots.Compact(IsAlive, place => parts.UseSnapshot(parts.LogOf(place.Stream), place));
            _savedBytes = await parts.Saver.SaveAsync(parts.Logs, parts.Snapshots);
        }
        finally
        {
            lock (_gate)
            {
                // Also after a failure: the next try comes only after as much again, not at every batch.
                _unsavedBytes -= covered;
                _saving = false;
            }
        }
    }

    private bool IsAlive(Snapshots.SnapshotPlace place) =>
        parts.LogOf(place.Stream).Head(place.Stream).Snapshot == place.At;

    private async Task DeleteOldAsync()
    {
        var now = parts.Time.GetUtcNow();
        foreach (var (category, age) in parts.Options.Retention)
        {
            var log = parts.LogOf(new StreamId(category, "any"));
            await log.Roll(now - (age / 64));
            foreach (var place in log.DeleteBefore(now - age))
            {
                parts.Snapshots.Count(place.At, -place.Bytes);
            }
        }
    }

    private async Task CloseAsync()
    {
        if (parts.Fence.IsRaised)
        {
            return;
        }
        foreach (var log in parts.Logs)
        {
            log.Seal();
        }
        bool isChanged;
        lock (_gate)
        {
            isChanged = _unsavedBytes > 0;
        }
        if (isChanged)
        {
            await SaveAsync();
        }
    }
}
