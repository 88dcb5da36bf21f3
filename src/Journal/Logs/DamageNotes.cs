namespace Actors.Journal.Logs;

/// <summary>Damage that reads have met.</summary>
internal sealed class DamageNotes(TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<JournalDamage> _found = [];

    public IReadOnlyList<JournalDamage> Found => _found;

    /// <summary>Called for each place that was not known.</summary>
    public Action<JournalDamage, JournalDamagedException>? Added { get; set; }

    public void Note(StreamId stream, JournalDamagedException damage)
    {
        JournalDamage note;
        lock (_gate)
        {
            if (
                _found.Count == JournalDamage.Remembered
                || _found.Any(known => known.Path == damage.Path && known.Offset == damage.Offset)
            )
            {
                return;
            }
            note = new(stream, damage.Path, damage.Offset, time.GetUtcNow());
            _found = [.. _found, note];
        }
        Added?.Invoke(note, damage);
    }
}
