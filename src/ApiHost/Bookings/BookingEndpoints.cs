using Actors.ApiHost.Auth;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.ApiHost.Performers;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Bookings;

internal static class BookingRoutes
{
    public static void MapBookings(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<BookingEndpoints>();
        routes.MapFeature<CallEndpoints>();
        routes.MapFeature<BookingAdminEndpoints>();
        routes.MapFeature<BookingOverviewEndpoints>();
    }
}

/// <summary>The way to a call: the rules, the request, the payment.</summary>
internal sealed class BookingEndpoints(IGrainFactory grains) : IEndpoints
{
    private readonly BookingAccess _access = new(grains);

    public void Map(IEndpointRouteBuilder routes)
    {
        var bookings = routes.MapGroup("/api/v1/bookings").WithTags("Bookings").Switchable(Features.Bookings);
        bookings
            .Get("/rules", Rules, BookingJson.Default.RulesResponse)
            .For(Roles.User | Roles.Model | Roles.Admin)
            .WithSummary("How people behave in a call, in the caller's language")
            .Refuses(Errors.HttpRefusals.NotFoundCode);
        bookings
            .Get("", List, BookingJson.Default.BookingListResponse)
            .For(Roles.User | Roles.Model)
            .WithSummary("The caller's private calls, latest start first")
            .WithQuery("status", "Only bookings at this stage, such as confirmed.", typeof(string))
            .WithQuery("from", "Only calls that start at this time or later.", typeof(DateTimeOffset))
            .WithQuery("until", "Only calls that start before this time.", typeof(DateTimeOffset))
            .Paged()
            .Refuses(BookingRefusals.InvalidBookingCode, Errors.HttpRefusals.NotFoundCode);
        bookings
            .Get("/{bookingId}", Get, BookingJson.Default.BookingResponse)
            .For(Roles.User | Roles.Model | Roles.Admin)
            .WithSummary("A booking as it stands now: for its two people and admins")
            .Refuses(BookingRefusals.BookingNotFoundCode, Errors.HttpRefusals.NotFoundCode);
        MapRequest(bookings);
        bookings
            .Post(
                "/{bookingId}/rules",
                Accept,
                BookingJson.Default.AcceptRulesRequest,
                BookingJson.Default.BookingResponse
            )
            .For(Roles.User)
            .WithSummary("Accepts the rules of the call by their version; accepting again changes nothing")
            .WithExample("""{ "rulesVersion": 1 }""")
            .WhenMistyped("rulesVersion", BookingRefusals.RulesChanged)
            .Refuses(BookingRefusals.RulesChangedCode)
            .Refuses(BookingAccess.StageCodes);
        MapPay(bookings);
    }

    private void MapRequest(IEndpointRouteBuilder bookings) =>
        bookings
            .Post("", Request, BookingJson.Default.RequestBookingRequest, BookingJson.Default.BookingResponse)
            .For(Roles.User)
            .Creates()
            .Keyed()
            .WithSummary("Asks for a call: of those who ask for one time at once, one gets it, held for ten minutes")
            .WithExample(
                """{ "performerId": "ana", "start": "2026-12-01T20:00:00Z", "duration": 30, "type": "video", "rulesVersion": 1 }"""
            )
            .WhenMistyped("performerId", BookingRefusals.InvalidBooking)
            .WhenMistyped("start", BookingRefusals.InvalidBooking)
            .WhenMistyped("duration", BookingRefusals.InvalidBooking)
            .WhenMistyped("type", BookingRefusals.InvalidBooking)
            .WhenMistyped("rulesVersion", BookingRefusals.InvalidBooking)
            .Refuses(
                BookingRefusals.InvalidBookingCode,
                BookingRefusals.AgeNotVerifiedCode,
                IdentityRefusals.TermsNotAcceptedCode,
                IdentityRefusals.RestrictedCode,
                BookingRefusals.PrimeOrPaymentRequiredCode,
                BookingRefusals.RulesChangedCode,
                WalletRefusals.SelfDealingCode,
                PerformerRefusals.PerformerNotFoundCode,
                PerformerRefusals.NotAvailableCode,
                PerformerRefusals.InvalidDurationCode,
                PerformerRefusals.InvalidCallTypeCode
            )
            .Refuses(BookingAccess.StageCodes);

    private void MapPay(IEndpointRouteBuilder bookings) =>
        bookings
            .Post("/{bookingId}/pay", Pay, BookingJson.Default.PayBookingRequest, BookingJson.Default.BookingResponse)
            .For(Roles.User)
            .Keyed()
            .WithSummary(
                "Begins the payment, of the call or of a dearer time for it; what is paid already is not asked for again"
            )
            .WithExample("""{ "provider": "sandbox" }""")
            .WhenMistyped("provider", BookingRefusals.InvalidProvider)
            .Refuses(
                BookingRefusals.InvalidBookingCode,
                BookingRefusals.RulesNotAcceptedCode,
                BookingRefusals.TooManyPaymentsCode,
                BookingRefusals.AgeNotVerifiedCode,
                IdentityRefusals.TermsNotAcceptedCode,
                IdentityRefusals.RestrictedCode,
                BookingRefusals.PrimeOrPaymentRequiredCode,
                PerformerRefusals.NotAvailableCode,
                LedgerRefusals.InsufficientBalanceCode,
                PaymentRefusals.ProviderUnknownCode,
                PaymentRefusals.ProviderUnavailableCode,
                PaymentRefusals.PaymentRefusedCode,
                PaymentRefusals.CurrencyNotAcceptedCode
            )
            .Refuses(BookingAccess.StageCodes);

    private async ValueTask<Outcome<RulesResponse>> Rules(Call call)
    {
        var viewer = await CallViewer.OfAsync(grains, call);
        if (viewer.Refusal is not null)
        {
            return viewer.Refusal;
        }
        var language = viewer.Value!.User?.Language ?? "en";
        return new RulesResponse(ConductRules.CurrentVersion, language, ConductRules.In(language));
    }

    private async ValueTask<Outcome<BookingListResponse>> List(Call call)
    {
        var viewer = await CallViewer.OfAsync(grains, call);
        var page = call.Page();
        var status = call.Choice<BookingStatus>("status", BookingRefusals.InvalidBookingQuery);
        if ((viewer.Refusal ?? page.Refusal ?? status.Refusal) is { } refusal)
        {
            return refusal;
        }
        if (!call.TryTime("from", out var from) || !call.TryTime("until", out var until))
        {
            return BookingRefusals.InvalidBookingQuery;
        }
        var (limit, offset) = (page.Value.Limit, page.Value.Offset);
        var filter = new BookingFilter(status.Value, From: from, Until: until);
        var found = await grains.GetGrain<IBookingListGrain>(call.Caller.Id).List(filter, limit, offset);
        return new BookingListResponse(
            [.. found.Bookings.Select(BookingSummaryResponse.From)],
            found.Total,
            limit,
            offset
        );
    }

    private async ValueTask<Outcome<BookingResponse>> Get(Call call)
    {
        var booking = await _access.OpenAsync(call);
        return booking.Refusal is not null
            ? booking.Refusal
            : BookingAccess.Answer(call, await _access.Booking(booking).Get(call.Actor()));
    }

    private async ValueTask<Outcome<BookingResponse>> Request(Call call, RequestBookingRequest body)
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        if (key.Refusal is not null)
        {
            return key.Refusal;
        }
        if (
            !Identifier.IsValid(body.PerformerId)
            || body is not { Start: { } start, Duration: { } duration, Type: { } type, RulesVersion: { } version }
        )
        {
            return BookingRefusals.InvalidBooking;
        }
        var user = call.Caller.Id;
        var command = new RequestBooking(user, body.PerformerId!, start, duration, type, version, key.Value);
        var booking = grains.GetGrain<IBookingGrain>(BookingIds.Of(user, key.Value));
        var asked = BookingAccess.Answer(call, await booking.Request(command));
        await _access.OfferAsync(call, asked.Refusal);
        return asked.Map(call.Created);
    }

    private async ValueTask<Outcome<BookingResponse>> Accept(Call call, AcceptRulesRequest body)
    {
        var booking = await _access.OpenAsync(call);
        return booking.Refusal is not null ? booking.Refusal
            : body.RulesVersion is not { } version ? BookingRefusals.RulesChanged
            : BookingAccess.Answer(
                call,
                await _access.Booking(booking).AcceptRules(new AcceptRules(call.Caller.Id, version))
            );
    }

    private async ValueTask<Outcome<BookingResponse>> Pay(Call call, PayBookingRequest body)
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        var booking = await _access.OpenAsync(call);
        if ((booking.Refusal ?? key.Refusal) is { } refusal)
        {
            return refusal;
        }
        if (!BookingAccess.IsProvider(body.Provider))
        {
            return BookingRefusals.InvalidProvider;
        }
        var command = new PayBooking(call.Caller.Id, body.Provider!, key.Value);
        var paid = BookingAccess.Answer(call, await _access.Booking(booking).Pay(command));
        await _access.OfferAsync(call, paid.Refusal);
        return paid;
    }
}
