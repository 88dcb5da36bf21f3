using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Bookings;

/// <summary>What apps are told of a booking, and nothing that anybody wrote.</summary>
internal static class BookingNews
{
    /// <summary>Null for what apps are not told.</summary>
    public static string? TypeOf(BookingEvent @event) =>
        @event switch
        {
            BookingHeld => WebhookEventTypes.BookingHeld,
            BookingConfirmed => WebhookEventTypes.BookingConfirmed,
            BookingMoved => WebhookEventTypes.BookingMoved,
            BookingCancelled => WebhookEventTypes.BookingCancelled,
            BookingExpired => WebhookEventTypes.BookingExpired,
            CallBegan => WebhookEventTypes.BookingStarted,
            CallEnded => WebhookEventTypes.BookingEnded,
            VerdictCorrected => WebhookEventTypes.BookingCorrected,
            CallRated => WebhookEventTypes.BookingRated,
            _ => null,
        };

    public static WebhookMessage Of(string id, BookingEvent @event, long version)
    {
        var type = TypeOf(@event) ?? throw new InvalidOperationException($"Nobody is told of {@event.GetType().Name}.");
        var facts = @event.Facts!;
        var body = new BookingBody(
            type,
            id,
            facts.Terms.UserId,
            facts.Terms.PerformerId,
            facts.Status,
            facts.Terms.Start.UtcDateTime,
            facts.Terms.Wish.Duration,
            facts.Terms.Wish.Type,
            facts.Terms.Price,
            facts.Verdict,
            @event switch
            {
                BookingCancelled e => e.RefundPercent,
                CallEnded e => e.Verdict.RefundPercent,
                VerdictCorrected e => e.Verdict.RefundPercent,
                _ => null,
            },
            (@event as CallRated)?.Rating.Stars,
            @event.At.UtcDateTime
        );
        return WebhookMessages.Of("booking", id, version, type, body, BookingNewsJson.Default.BookingBody);
    }
}

/// <param name="Verdict">How the call ended, once it has.</param>
/// <param name="RefundPercent">Of what was paid, where that was decided.</param>
internal sealed record BookingBody(
    string EventType,
    string BookingId,
    string UserId,
    string PerformerId,
    BookingStatus Status,
    DateTime Start,
    int Duration,
    CallType Type,
    Money Price,
    CallEndKind? Verdict,
    int? RefundPercent,
    int? Stars,
    DateTime Timestamp
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(BookingBody))]
internal sealed partial class BookingNewsJson : JsonSerializerContext;
