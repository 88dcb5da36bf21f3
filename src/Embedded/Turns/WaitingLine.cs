namespace Actors.Embedded;

/// <summary>Requests that the rules did not admit yet, oldest first.</summary>
internal struct WaitingLine
{
    private GatedItem? _first;
    private GatedItem? _last;

    public readonly bool IsEmpty => _first is null;

    public void Add(GatedItem item)
    {
        item.Next = null;
        if (_last is null)
        {
            _first = item;
        }
        else
        {
            _last.Next = item;
        }
        _last = item;
    }

    /// <summary>Takes the oldest item that fits, if there is one.</summary>
    public GatedItem? TakeFirst(Func<GatedItem, bool> fits)
    {
        GatedItem? previous = null;
        for (var item = _first; item is not null; previous = item, item = (GatedItem?)item.Next)
        {
            if (fits(item))
            {
                Unlink(item, previous);
                return item;
            }
        }
        return null;
    }

    private void Unlink(GatedItem item, GatedItem? previous)
    {
        var next = (GatedItem?)item.Next;
        if (previous is null)
        {
            _first = next;
        }
        else
        {
            previous.Next = next;
        }
        if (_last == item)
        {
            _last = previous;
        }
        item.Next = null;
    }
}
