using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Bookings;

namespace Actors.Grains.Bookings;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BookingListed), "booking-list.listed.v1")]
public abstract record BookingListEvent(DateTimeOffset At);

/// <param name="IsNew">The list did not know the booking.</param>
public sealed record BookingListed(DateTimeOffset At, BookingSummary Booking, bool IsNew) : BookingListEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(BookingListEvent))]
[JsonSerializable(typeof(BookingIndex))]
internal sealed partial class BookingListJson : JsonSerializerContext;
