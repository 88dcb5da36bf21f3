using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Bots;

/// <summary>From the accepted rules to the end of a call. Everything that is done here can be pressed again without harm.</summary>
internal sealed class BookingScreens(IGrainFactory grains, TimeProvider time, IReadOnlyList<string> waysToPay)
{
    private const int BookingsPerPage = 8;

    public async Task<Outcome<BotScreen>> AcceptAsync(
        BotReader reader,
        CallChoice choice,
        PerformerView performer,
        DateTimeOffset start,
        int rulesVersion,
        long visit
    )
    {
        var user = reader.User.UserId;
        var key = IdempotencyKey.Parse(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"bot-{choice.ShortName}-{ButtonId.MinutesOf(start)}-{choice.Minutes}-{choice.Type}-{visit}"
            )
        );
        var booking = Booking(BookingIds.Of(user, key));
        var requested = await booking.Request(
            new RequestBooking(user, performer.PerformerId, start, choice.Minutes, choice.Type, rulesVersion, key)
        );
        var accepted = requested.Value is { Status: BookingStatus.Held, RulesAcceptedAt: null }
            ? await booking.AcceptRules(new AcceptRules(user, rulesVersion))
            : requested;
        return accepted.Map(view => Show(reader, view));
    }

    public async Task<Outcome<BotScreen>> PayAsync(BotReader reader, string bookingId, string provider, long attempt)
    {
        var key = IdempotencyKey.Parse(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"bot-{provider}-{attempt}")
        );
        var paid = await Booking(bookingId).Pay(new PayBooking(reader.User.UserId, provider, key));
        return paid.Map(view => Show(reader, view));
    }

    public async Task<Outcome<BotScreen>> ShowAsync(BotReader reader, string bookingId) =>
        (await Booking(bookingId).Get(reader.Actor)).Map(view => Show(reader, view));

    public async Task<Outcome<BotScreen>> JoinAsync(BotReader reader, string bookingId) =>
        (await Booking(bookingId).Join(reader.Actor)).Map(link => new BotScreen(
            reader.Say("join.text", ("link", link.Url)),
            [reader.Menu()]
        ));

    public async Task<Outcome<BotScreen>> AskToCancelAsync(BotReader reader, string bookingId) =>
        (await Booking(bookingId).Get(reader.Actor)).Map(view =>
        {
            var isEarly = view.Start - time.GetUtcNow() >= TimeSpan.FromHours(view.Policy.FullRefundHours);
            var percent = isEarly ? view.Policy.EarlyPercent : view.Policy.LatePercent;
            return new BotScreen(
                reader.Say("cancel.text", [.. Facts(reader, view), ("percent", $"{percent}")]),
                [
                    reader.Button("cancel.yes", ButtonId.Of(Verbs.CancelForSure, bookingId)),
                    reader.Button("cancel.no", ButtonId.Of(Verbs.Booking, bookingId)),
                ]
            );
        });

    public async Task<Outcome<BotScreen>> CancelAsync(BotReader reader, string bookingId) =>
        (await Booking(bookingId).Cancel(new CancelBooking(reader.Actor, null))).Map(view => Show(reader, view));

    public async Task<Outcome<BotScreen>> ListAsync(BotReader reader, int page)
    {
        var list = grains.GetGrain<IBookingListGrain>(reader.User.UserId);
        var filter = new BookingFilter(UserId: reader.User.UserId);
        var found = await list.List(filter, BookingsPerPage, page * BookingsPerPage);
        var buttons = found
            .Bookings.Select(booking => new BotButton(
                ButtonId.Of(Verbs.Booking, booking.BookingId),
                reader.Say(
                    "bookings.line",
                    ("when", reader.Moment(booking.Start)),
                    ("name", booking.PerformerName),
                    ("status", reader.Say($"status.{NameOf(booking.Status)}"))
                )
            ))
            .ToList();
        var key = buttons.Count == 0 && page == 0 ? "bookings.none" : "bookings.text";
        if ((page + 1) * BookingsPerPage < found.Total)
        {
            buttons.Add(reader.Button("button.more", ButtonId.Of(Verbs.Bookings, page + 1)));
        }
        return new BotScreen(reader.Say(key), [.. buttons, reader.Menu()]);
    }

    private BotScreen Show(BotReader reader, BookingView booking) =>
        booking.Status switch
        {
            BookingStatus.Requested or BookingStatus.Held => AskToPay(reader, booking),
            // Declined: another way to pay, while the time is kept.
            BookingStatus.AwaitingPayment when booking.Payments is [.., { Status: PaymentStatus.Declined }] => AskToPay(
                reader,
                booking
            ),
            BookingStatus.AwaitingPayment => AwaitPayment(reader, booking),
            BookingStatus.Confirmed or BookingStatus.Live => new BotScreen(
                reader.Say($"booking.{NameOf(booking.Status)}", Facts(reader, booking)),
                [
                    reader.Button("booking.join", ButtonId.Of(Verbs.Join, booking.BookingId)),
                    .. booking.Status == BookingStatus.Confirmed
                        ? (BotButton[])[reader.Button("booking.cancel", ButtonId.Of(Verbs.Cancel, booking.BookingId))]
                        : [],
                    reader.Menu(),
                ]
            ),
            _ => new BotScreen(reader.Say(EndOf(booking), Facts(reader, booking)), [reader.Menu()]),
        };

    private BotScreen AskToPay(BotReader reader, BookingView booking) =>
        new(
            reader.Say("pay.text", Facts(reader, booking)),
            [
                .. waysToPay
                    .Where(way => way != PaymentProviders.Tokens || booking.Price.IsTokens)
                    .Select(way =>
                        reader.Button(
                            $"pay.{way}",
                            ButtonId.Of(Verbs.Pay, way, booking.Payments.Count, booking.BookingId)
                        )
                    ),
                reader.Button("booking.cancel", ButtonId.Of(Verbs.CancelForSure, booking.BookingId)),
                reader.Menu(),
            ]
        );

    private static BotScreen AwaitPayment(BotReader reader, BookingView booking)
    {
        var link = booking.Payments.Select(static payment => payment.Link).LastOrDefault(static one => one is not null);
        return new BotScreen(
            reader.Say("paying.text", [.. Facts(reader, booking), ("link", link ?? "")]),
            [
                reader.Button("paying.paid", ButtonId.Of(Verbs.Booking, booking.BookingId)),
                reader.Button("booking.cancel", ButtonId.Of(Verbs.CancelForSure, booking.BookingId)),
                reader.Menu(),
            ]
        );
    }

    private static string EndOf(BookingView booking) =>
        booking.Status switch
        {
            BookingStatus.Cancelled => "booking.cancelled",
            BookingStatus.Expired => "booking.expired",
            BookingStatus.NoShow => "booking.no_show",
            _ => "booking.completed",
        };

    private static (string Name, string Value)[] Facts(BotReader reader, BookingView booking) =>
        [
            ("name", booking.PerformerName),
            ("when", reader.Moment(booking.Start)),
            ("zone", reader.Zone.Id),
            ("minutes", $"{booking.Duration}"),
            ("price", reader.Price(booking.Price)),
            ("until", booking.HeldUntil is { } until ? BotTexts.Time(reader.Local(until)) : ""),
        ];

    private static string NameOf(BookingStatus status) => Http.StrictEnumConverter<BookingStatus>.NameOf(status);

    private IBookingGrain Booking(string id) => grains.GetGrain<IBookingGrain>(id);
}
