namespace Actors.Grains.Queues;

/// <summary>
/// Places for purchases that are about to be made. In memory only: a place that is lost to a crash costs nobody anything,
/// since a purchase that was made is taken in even so, by the ticket that it brings.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: no locks, and nothing here is ever on two threads at once.</remarks>
public sealed class Reservations
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly LinkedList<Reservation> _outstanding = new();
    private long _lastTicket;

    /// <summary>Those that have not lapsed, in the order of their tickets.</summary>
    public IReadOnlyCollection<Reservation> Outstanding(DateTimeOffset now)
    {
        while (_outstanding.First is { } first && first.Value.At + KeptFor <= now)
        {
            _outstanding.RemoveFirst();
        }
        return _outstanding;
    }

    /// <summary>
    /// A ticket above all others. From the clock, so that it is above those of an activation that was lost as well.
    /// </summary>
    public Reservation Next(string itemId, string userId, long lastTicketUsed, DateTimeOffset now) =>
        new(Math.Max(Math.Max(_lastTicket, lastTicketUsed) + 1, now.UtcTicks), itemId, userId, now);

    public void Add(Reservation reservation)
    {
        _lastTicket = reservation.Ticket;
        _outstanding.AddLast(reservation);
    }

    public void Remove(long ticket)
    {
        for (var node = _outstanding.First; node is not null; node = node.Next)
        {
            if (node.Value.Ticket == ticket)
            {
                _outstanding.Remove(node);
                return;
            }
        }
    }
}

public sealed record Reservation(long Ticket, string ItemId, string UserId, DateTimeOffset At);
