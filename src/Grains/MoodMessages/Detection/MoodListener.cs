namespace Actors.Grains.MoodMessages.Detection;

/// <summary>Goes through a text from sign to sign, and knows what was denied, and how much it was, a few words before.</summary>
internal sealed class MoodListener(MoodScores scores)
{
    /// <summary>So many words after "not" something is still denied.</summary>
    private const int Reach = 4;

    /// <summary>So many words after "very" it still counts.</summary>
    private const int ReachOfDegree = 2;

    private const double StretchedWeighs = 1.3;

    private int _deniedFor;
    private int _degreeFor;
    private double _degree = 1;
    private bool _wasNever;

    public void Hear(IReadOnlyList<Sign> signs)
    {
        for (var at = 0; at < signs.Count; )
        {
            at += signs[at].Kind switch
            {
                SignKind.Word => HearWords(signs, at),
                SignKind.Emoji => See(signs[at].Text),
                _ => Pause(),
            };
        }
    }

    private int See(string picture)
    {
        if (MoodWords.Emoji.TryGetValue(picture, out var meaning))
        {
            scores.Add(meaning.Mood, meaning.Weight);
        }
        return 1;
    }

    private int Pause()
    {
        (_deniedFor, _degreeFor) = (0, 0);
        return 1;
    }

    private int HearWords(IReadOnlyList<Sign> signs, int at)
    {
        var phrase = MoodWords.Lexicon.PhraseAt(signs, at);
        _deniedFor = Math.Max(0, _deniedFor - phrase.Words);
        _degreeFor = Math.Max(0, _degreeFor - phrase.Words);
        if (phrase.Meaning is { } meaning)
        {
            Say(meaning, signs[at].IsStretched);
        }
        else if (phrase.Degree != 1)
        {
            Grade(phrase.Degree);
        }
        else if (phrase.Words == 1)
        {
            Deny(signs[at].Text);
        }
        return phrase.Words;
    }

    private void Say(Meaning meaning, bool isStretched)
    {
        var (mood, weight) = _deniedFor > 0 ? meaning.Denied : (meaning.Mood, meaning.Weight);
        var degree = (isStretched ? StretchedWeighs : 1) * (_degreeFor > 0 ? _degree : 1);
        scores.Add(mood, weight * degree);
        _degreeFor = 0;
    }

    private void Grade(double degree)
    {
        (_degree, _degreeFor) = ((_degreeFor > 0 ? _degree : 1) * degree, ReachOfDegree + 1);
        if (_wasNever && degree > 1)
        {
            _deniedFor = 0;
        }
    }

    private void Deny(string word)
    {
        if (MoodWords.Denials.Contains(word))
        {
            (_deniedFor, _wasNever) = (Reach + 1, MoodWords.Nevers.Contains(word));
        }
        else if (MoodWords.Turns.Contains(word))
        {
            _deniedFor = 0;
        }
    }
}
