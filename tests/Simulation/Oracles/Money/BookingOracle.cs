using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Bookings;
using Actors.Grains.Notifications;
using Actors.Grains.Payments;
using Actors.Simulation.Tests.Clients;
using Actors.Simulation.Tests.Clients.Money;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>
/// A booking that was confirmed has its money, and whoever paid has the time or the money back, once. Nobody has time that
/// another one has, and nobody is reminded of a call that will not be.
/// </summary>
internal sealed class BookingOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence)
    {
        var bookings = new Dictionary<string, History>();
        foreach (var stream in evidence.StreamsOf("booking"))
        {
            var id = Counter.OwnerOf(stream);
            bookings[id] = History.Of(id, [.. Read<BookingEvent>(evidence, stream)]);
        }
        return
        [
            .. bookings.Values.SelectMany(booking => CheckBooking(booking, evidence)),
            .. bookings.Values.SelectMany(booking => CheckMoney(booking, evidence)),
            .. CheckTimes(bookings.Values),
            .. CheckReminders(bookings.Values, evidence),
            .. CheckLists(bookings.Values, evidence),
        ];
    }

    private static IEnumerable<string> CheckBooking(History booking, Evidence evidence)
    {
        if (booking.Misfit is { } misfit)
        {
            yield return $"booking {booking.Id} came to what cannot be: {misfit}";
        }
        if (booking.Last is not (NoBooking or RefusedBooking or ArchivedBooking))
        {
            yield return $"booking {booking.Id} is left as {booking.Last.GetType().Name}";
        }
        foreach (var operation in evidence.OperationsOn(BookingWorkload.StreamOf(booking.Id)))
        {
            if (
                operation is { Answer: Answer.Done, Command: RequestBooking }
                && booking.Events is not [BookingRequested, ..]
            )
            {
                yield return $"{operation} was acknowledged and is lost";
            }
            if (
                operation is { Answer: Answer.Done, Command: LookAtBooking, Value: BookingView view }
                && booking.Last is AgreedBooking { Terms: var terms }
                && (view.Start, view.Duration, view.Sequence) != (terms.Start, terms.Wish.Duration, terms.Sequence)
            )
            {
                yield return $"{operation} shows {view.Start}, {view.Sequence} instead of {terms.Start}, {terms.Sequence}";
            }
        }
    }

    /// <summary>What a payment took in is the performer's or has gone back, as the booking has decided, and never more than once.</summary>
    private static IEnumerable<string> CheckMoney(History booking, Evidence evidence)
    {
        for (var number = 1; number <= BookingMoney.MostPayments; number++)
        {
            var id = $"{booking.Id}-{number}";
            PaymentEvent[] events = [.. Read<PaymentEvent>(evidence, $"payment/{id}")];
            var receipts = events.OfType<MoneyReceived>().Select(static received => received.Receipt).ToArray();
            var back = events
                .Select(RefundOf)
                .OfType<PaymentRefund>()
                .GroupBy(static refund => refund.Of)
                .ToDictionary(static of => of.Key, static of => of.Sum(static refund => refund.Money.Amount));
            foreach (
                var receipt in receipts.Where(receipt =>
                    back.GetValueOrDefault(receipt.Reference) > receipt.Money.Amount
                )
            )
            {
                yield return $"payment {id} took in {receipt.Money} as {receipt.Reference} and gives back more";
            }
            var known = booking.Money?.Find(id);
            var due = receipts.FirstOrDefault(static receipt => receipt.Kind == ReceiptKind.Due);
            if (known?.State == PaymentState.Paid && due is null)
            {
                yield return $"booking {booking.Id} counts on payment {id}, which never came";
            }
            if (due is null || (known?.State == PaymentState.Paid && booking.Reduced.Contains(id)))
            {
                // What is left of a part, and goes back of it, is the payment's to say.
                continue;
            }
            var kept = due.Money.Amount - back.GetValueOrDefault(due.Reference);
            var percent = known?.State == PaymentState.Paid ? booking.KeptPercent : 0;
            if (kept != due.Money.Amount * percent / 100)
            {
                yield return $"payment {id} of booking {booking.Id} ({booking.Last.GetType().Name}, {known?.State}) keeps "
                    + $"{kept} of {due.Money}, which should be {percent} percent";
            }
        }
    }

    private static PaymentRefund? RefundOf(PaymentEvent @event) =>
        @event switch
        {
            MoneyReceived received => received.Refund,
            PaymentReduced reduced => reduced.Refund,
            PaymentSettled settled => settled.Refund,
            PaymentCorrected corrected => corrected.Refund,
            _ => null,
        };

    /// <summary>Of the times that bookings had in the end no two of a performer overlap.</summary>
    private static IEnumerable<string> CheckTimes(IEnumerable<History> bookings)
    {
        var taken = bookings
            .Where(static booking => booking.Verdict is not null)
            .Select(static booking => (booking.Id, Terms: ((AgreedBooking)booking.Last).Terms))
            .OrderBy(static one => one.Terms.Start)
            .GroupBy(static one => one.Terms.PerformerId);
        foreach (var performer in taken)
        {
            foreach (var (one, next) in performer.Zip(performer.Skip(1)))
            {
                if (next.Terms.Start < one.Terms.End)
                {
                    yield return $"{performer.Key} has {one.Id} from {one.Terms.Start} to {one.Terms.End} and {next.Id} "
                        + $"from {next.Terms.Start}";
                }
            }
        }
    }

    private static IEnumerable<string> CheckReminders(IEnumerable<History> bookings, Evidence evidence)
    {
        var sent = bookings.SelectMany(static booking => booking.Reminders).ToArray();
        foreach (var reminder in sent.Where(static one => one.At >= one.Start))
        {
            yield return $"booking {reminder.Id} of {reminder.Start} reminded at {reminder.At}";
        }
        foreach (
            var twice in sent.CountBy(static one => (one.Id, one.Start, one.Minutes)).Where(static one => one.Value > 1)
        )
        {
            yield return $"booking {twice.Key.Id} reminded {twice.Value} times {twice.Key.Minutes} minutes before {twice.Key.Start}";
        }
        foreach (var person in BookingWorkload.People)
        {
            var expected = sent.Count(one => one.UserId == person || one.PerformerId == person);
            var told = Read<InboxEvent>(evidence, $"inbox/{person}")
                .OfType<NotificationTold>()
                .Count(static one => one.Kind == "booking_reminder");
            if (told != expected)
            {
                yield return $"{person} was reminded {told} times instead of {expected}";
            }
        }
    }

    /// <summary>Both find the booking in their lists as it was told last.</summary>
    private static IEnumerable<string> CheckLists(IEnumerable<History> bookings, Evidence evidence)
    {
        foreach (var person in BookingWorkload.People)
        {
            var listed = Read<BookingListEvent>(evidence, $"booking-list/{person}")
                .OfType<BookingListed>()
                .GroupBy(static one => one.Booking.BookingId)
                .ToDictionary(
                    static one => one.Key,
                    static one => one.MaxBy(static told => told.Booking.Version)!.Booking
                );
            foreach (var booking in bookings.Where(booking => booking.IsOf(person)))
            {
                var status = ((AgreedBooking)booking.Last).Status;
                if (!listed.TryGetValue(booking.Id, out var summary) || summary.Status != status)
                {
                    yield return $"the list of {person} says that {booking.Id} is {summary?.Status}, which is {status}";
                }
            }
        }
    }

    private static IEnumerable<T> Read<T>(Evidence evidence, string stream) =>
        evidence.EventsOf(stream).Select(static recorded => EventJson.Read<T>(recorded));

    private sealed record Reminder(
        string Id,
        string UserId,
        string PerformerId,
        DateTimeOffset Start,
        int Minutes,
        DateTimeOffset At
    );

    /// <summary>A booking with what happened to it.</summary>
    private sealed record History(string Id, BookingEvent[] Events, Booking Last, string? Misfit)
    {
        public BookingMoney? Money => Last is AgreedBooking agreed ? BookingFold.MoneyOf(agreed) : null;

        public CallVerdict? Verdict => Last is AgreedBooking agreed ? BookingFold.VerdictOf(agreed) : null;

        /// <summary>What the performer has of what was paid.</summary>
        public int KeptPercent =>
            100 - (Verdict?.RefundPercent ?? Events.OfType<BookingCancelled>().LastOrDefault()?.RefundPercent ?? 0);

        public HashSet<string> Reduced =>
            Events
                .OfType<BookingMoved>()
                .SelectMany(static moved => moved.Reductions)
                .Select(static reduction => reduction.PaymentId)
                .ToHashSet();

        public IEnumerable<Reminder> Reminders =>
            Events
                .OfType<ReminderDue>()
                .Where(static reminder => reminder.IsSent)
                .Select(reminder => new Reminder(
                    Id,
                    reminder.Facts!.Terms.UserId,
                    reminder.Facts.Terms.PerformerId,
                    reminder.Facts.Terms.Start,
                    reminder.Minutes,
                    reminder.At
                ));

        public bool IsOf(string person) =>
            Last is AgreedBooking { Terms: var terms } && (terms.UserId == person || terms.PerformerId == person);

        public static History Of(string id, BookingEvent[] events)
        {
            var booking = Booking.None;
            foreach (var @event in events)
            {
                try
                {
                    booking = BookingFold.Evolve(booking, @event);
                }
                catch (InvalidOperationException misfit)
                {
                    return new History(id, events, booking, misfit.Message);
                }
            }
            return new History(id, events, booking, null);
        }
    }
}
