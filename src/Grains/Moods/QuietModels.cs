namespace Actors.Grains.Moods;

/// <summary>
/// Models that want no automatic replies, as this silo has asked within the last second, so that most messages to them bring about
/// nothing but themselves. Who switches replies on is forgotten here before she is answered where her mood lives, and elsewhere a
/// second later.
/// </summary>
public sealed class QuietModels(TimeProvider time)
{
    public static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(1);

    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _askedAt = [];
    private long _changes;

    public bool Contains(string model)
    {
        lock (_gate)
        {
            return _askedAt.TryGetValue(model, out var at) && time.GetElapsedTime(at) < KnownFor;
        }
    }

    /// <summary>To be taken before a mood is asked: what it answers may be overtaken when the answer is here.</summary>
    public QuietQuestion Ask()
    {
        lock (_gate)
        {
            return new QuietQuestion(time.GetTimestamp(), _changes);
        }
    }

    /// <summary>The answer was that the model wants no replies.</summary>
    public void Add(string model, QuietQuestion question)
    {
        lock (_gate)
        {
            if (question.Changes != _changes)
            {
                return;
            }
            if (_askedAt.Count == Most && !_askedAt.ContainsKey(model))
            {
                _askedAt.Clear();
            }
            _askedAt[model] = question.At;
        }
    }

    /// <summary>The model's mood has changed; called before anybody is told so.</summary>
    internal void Forget(string model)
    {
        lock (_gate)
        {
            _changes++;
            _askedAt.Remove(model);
        }
    }
}

public readonly record struct QuietQuestion(long At, long Changes);
