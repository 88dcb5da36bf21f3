using System.Text.Json;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Performers;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Bookings;

/// <summary>Which booking a request is about, and how the caller sees it.</summary>
internal sealed class BookingAccess(IGrainFactory grains)
{
    private const int MaxProviderLength = 32;

    /// <summary>What a booking may answer for the stage at which it is.</summary>
    public static readonly string[] StageCodes =
    [
        BookingRefusals.BookingNotFoundCode,
        HttpRefusals.NotFoundCode,
        BookingRefusals.BookingNotConfirmedCode,
        BookingRefusals.BookingNotOverCode,
        BookingRefusals.BookingNotCompletedCode,
        BookingRefusals.BookingLiveCode,
        BookingRefusals.BookingOverCode,
        BookingRefusals.BookingCancelledCode,
        BookingRefusals.BookingExpiredCode,
        BookingRefusals.BookingArchivedCode,
    ];

    /// <summary>The booking that the path names; for whom the feature is hidden there is none.</summary>
    public async ValueTask<Outcome<string>> OpenAsync(Call call)
    {
        var viewer = await CallViewer.OfAsync(grains, call);
        return viewer.Refusal is not null ? viewer.Refusal
            : BookingIds.IsValid(call.Route("bookingId")) ? call.Route("bookingId")!
            : BookingRefusals.BookingNotFound;
    }

    public IBookingGrain Booking(Outcome<string> opened) => grains.GetGrain<IBookingGrain>(opened.Value!);

    public static Outcome<BookingResponse> Answer(Call call, Outcome<BookingView> outcome)
    {
        var showsPayments = call.Caller.Role != ActorRole.Model;
        return outcome.Map(view => BookingResponse.From(view, showsPayments));
    }

    /// <summary>Who would have to be PRIME is told what that is good for.</summary>
    public async ValueTask OfferAsync(Call call, Refusal? refusal)
    {
        if (refusal?.Code != BookingRefusals.PrimeOrPaymentRequiredCode)
        {
            return;
        }
        var user = await grains.GetGrain<IUserProfileGrain>(call.Caller.Id).Get();
        var offer = UpgradeOffer.For(user);
        call.Http.Features.Set(new ProblemMember("upgrade", json => Write(json, offer)));
    }

    public static bool IsText(string? text, int maxLength, bool isRequired) =>
        text is null ? !isRequired : !string.IsNullOrWhiteSpace(text) && text.Length <= maxLength;

    public static bool IsProvider(string? name) =>
        name is { Length: > 0 and <= MaxProviderLength }
        && name.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');

    private static void Write(Utf8JsonWriter json, UpgradeOffer offer)
    {
        json.WriteStartObject();
        json.WriteStartArray("benefits"u8);
        foreach (var benefit in offer.Benefits)
        {
            json.WriteStringValue(benefit);
        }
        json.WriteEndArray();
        json.WriteString("callToAction"u8, offer.CallToAction);
        json.WriteEndObject();
    }
}
