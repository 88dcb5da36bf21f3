using System.Collections.Immutable;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;

namespace Actors.Grains.Bookings;

/// <summary>
/// Who was in the room when. In whatever order joins and leaves come, and however often, the stays are the same; a short
/// disconnection is two stays.
/// </summary>
public static class CallEvidence
{
    public const int MostStays = 100;

    public static ImmutableArray<Stay> Add(ImmutableArray<Stay> stays, Attendance seen)
    {
        var (person, session) = (seen.PersonId, seen.SessionId);
        var index = stays.IndexOf(stays.FirstOrDefault(stay => stay.PersonId == person && stay.Session == session)!);
        if (index >= 0)
        {
            return stays.SetItem(index, Joined(stays[index], seen));
        }
        // Whoever comes and goes for ever changes nothing of who was there; the other one must still find room.
        return stays.Count(stay => stay.PersonId == person) >= MostStays / 2
            ? stays
            : stays.Add(Joined(new Stay(person, session, null, null), seen));
    }

    /// <summary>Whether she was in the room at some moment of the call.</summary>
    public static bool WasThere(ImmutableArray<Stay> stays, string personId, BookingTerms terms) =>
        stays.Any(stay => stay.PersonId == personId && IsInCall(stay, terms));

    /// <summary>Whether anybody is, or was, or waits for it to begin.</summary>
    public static bool IsAnybodyIn(ImmutableArray<Stay> stays, BookingTerms terms) =>
        stays.Any(stay => IsInCall(stay, terms));

    public static (CallEndKind Kind, int RefundPercent) Judge(ImmutableArray<Stay> stays, BookingTerms terms) =>
        (WasThere(stays, terms.UserId, terms), WasThere(stays, terms.PerformerId, terms)) switch
        {
            (true, true) => (CallEndKind.Completed, 0),
            (true, false) => (CallEndKind.PerformerNoShow, 100),
            (false, true) => (CallEndKind.UserNoShow, 0),
            (false, false) => (CallEndKind.BothAbsent, 100),
        };

    private static bool IsInCall(Stay stay, BookingTerms terms) =>
        (stay.From is not { } from || from < terms.End) && (stay.To is not { } to || to >= terms.Start);

    private static Stay Joined(Stay stay, Attendance seen) =>
        seen.Kind == RoomEventKind.Joined
            ? stay with
            {
                From = stay.From < seen.At ? stay.From : seen.At,
            }
            : stay with
            {
                To = stay.To > seen.At ? stay.To : seen.At,
            };
}
