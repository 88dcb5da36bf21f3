namespace Actors.Embedded;

/// <summary>Many may add, without a lock; the holder of the turn takes, oldest first.</summary>
internal struct Mailbox
{
    private TurnItem? _arrived;
    private TurnItem? _ordered;

    public readonly bool HasOrdered => _ordered is not null;

    public readonly bool IsEmpty => _ordered is null && Volatile.Read(in _arrived) is null;

    public void Add(TurnItem item)
    {
        TurnItem? head;
        do
        {
            head = Volatile.Read(ref _arrived);
            item.Next = head;
        } while (Interlocked.CompareExchange(ref _arrived, item, head) != head);
    }

    public TurnItem? Take()
    {
        if (_ordered is null)
        {
            for (var item = Interlocked.Exchange(ref _arrived, null); item is not null; )
            {
                var next = item.Next;
                item.Next = _ordered;
                _ordered = item;
                item = next;
            }
        }
        var first = _ordered;
        if (first is not null)
        {
            _ordered = first.Next;
            first.Next = null;
        }
        return first;
    }
}
