using System.Text.Json.Serialization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Bookings;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Bookings;

namespace Actors.ApiHost.Live.Streams;

/// <summary>The private calls of a user or a performer: each as it became, in order.</summary>
internal sealed class BookingStream(IGrainFactory grains) : ILiveStream
{
    public char Letter => 'k';

    public ILiveSource? Open(Caller caller) =>
        caller.IsPerson ? new Source(grains.GetGrain<IBookingListGrain>(caller.Id)) : null;

    private sealed class Source(IBookingListGrain list) : FollowedSource(list)
    {
        public override async Task<LivePage> ReadAsync(long after, int limit)
        {
            var newest = Newest;
            var page = await list.Since(after, limit);
            var more = page.Count == limit;
            return new LivePage(
                [.. page.Select(Change)],
                more ? page[^1].Version : Math.Max(newest, page is [.., var last] ? last.Version : 0),
                more
            );
        }

        private static LiveChange Change(NumberedBookingSummary numbered) =>
            LiveMessages.Of(
                numbered.Version,
                "booking",
                numbered.Summary.At,
                BookingSummaryResponse.From(numbered.Summary),
                LiveBookingJson.Default.BookingSummaryResponse
            );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(BookingSummaryResponse))]
internal sealed partial class LiveBookingJson : JsonSerializerContext;
