using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Actors.ApiHost.Http;
using Actors.ApiHost.Ledger;
using CsvHelper;

namespace Actors.ApiHost.Bookings;

/// <summary>Writes bookings as a file, a piece at a time, and at its end how many there were: a file that was cut off has no count.</summary>
internal static class BookingExport
{
    private const int PieceBytes = 16 * 1024;
    private const string CountHeader = "Bookings-Count";

    private static readonly string[] Columns =
    [
        "booking_id",
        "user_id",
        "performer_id",
        "performer_name",
        "status",
        "verdict",
        "start",
        "duration",
        "type",
        "price",
        "price_currency",
        "provider",
        "paid",
        "paid_currency",
        "refunded",
        "changed_at",
    ];

    public static async Task WriteCsvAsync(HttpContext http, IAsyncEnumerable<ListedBookingResponse> bookings)
    {
        var body = Begin(http, "text/csv; charset=utf-8", "csv");
        var count = 0L;
        await using (var csv = CsvWriter.Create(body.AsStream(leaveOpen: true), leaveOpen: true))
        {
            csv.WriteHeader(Columns);
            await foreach (var booking in bookings)
            {
                WriteRow(csv, booking);
                await csv.EndRecordAsync(http.RequestAborted);
                count++;
            }
        }
        End(http, count);
    }

    public static async Task WriteJsonAsync(HttpContext http, IAsyncEnumerable<ListedBookingResponse> bookings)
    {
        var body = Begin(http, "application/json", "json");
        var count = 0L;
        Write(body, "{\"bookings\":[");
        await foreach (var booking in bookings)
        {
            Write(body, count++ == 0 ? "\n" : ",\n");
            Write(body, JsonSerializer.Serialize(booking, BookingOverviewJson.Default.ListedBookingResponse));
            if (body.UnflushedBytes > PieceBytes)
            {
                await body.FlushAsync(http.RequestAborted);
            }
        }
        Write(body, $"],\n\"count\":{count}}}");
        await body.FlushAsync(http.RequestAborted);
        End(http, count);
    }

    private static PipeWriter Begin(HttpContext http, string contentType, string extension)
    {
        http.Response.ContentType = contentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"bookings.{extension}\"";
        if (http.Response.SupportsTrailers())
        {
            http.Response.DeclareTrailer(CountHeader);
        }
        return http.Response.BodyWriter;
    }

    private static void End(HttpContext http, long count)
    {
        if (http.Response.SupportsTrailers())
        {
            http.Response.AppendTrailer(CountHeader, count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void WriteRow(CsvWriter csv, ListedBookingResponse booking)
    {
        csv.WriteField(booking.BookingId);
        csv.WriteField(SpreadsheetText.Of(booking.UserId));
        csv.WriteField(SpreadsheetText.Of(booking.PerformerId));
        // Always quoted: whatever a program takes for a separator, it stays one cell.
        csv.WriteField(SpreadsheetText.Of(booking.PerformerName), CsvQuoting.Always);
        csv.WriteField(StrictEnumConverter<GrainInterfaces.Bookings.BookingStatus>.NameOf(booking.Status));
        csv.WriteField(
            booking.Verdict is { } verdict
                ? StrictEnumConverter<GrainInterfaces.Performers.CallEndKind>.NameOf(verdict)
                : null
        );
        csv.WriteField(booking.Start.UtcDateTime);
        csv.WriteField(booking.Duration);
        csv.WriteField(StrictEnumConverter<GrainInterfaces.Performers.CallType>.NameOf(booking.Type));
        csv.WriteField(booking.Price.Amount);
        csv.WriteField(booking.Price.Currency);
        csv.WriteField(SpreadsheetText.Of(booking.Provider));
        csv.WriteField(booking.Paid?.Amount);
        csv.WriteField(booking.Paid?.Currency);
        csv.WriteField(booking.Refunded);
        csv.WriteField(booking.ChangedAt.UtcDateTime);
    }

    private static void Write(PipeWriter body, string text) => Encoding.UTF8.GetBytes(text, body);
}
