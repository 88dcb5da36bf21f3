using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace Actors.ApiHost.Ledger;

/// <summary>Writes a whole statement as a file, a piece at a time: it may be longer than memory is large.</summary>
internal static class StatementExport
{
    private const int PieceBytes = 16 * 1024;

    private static readonly string[] Columns =
    [
        "id",
        "position",
        "at",
        "kind",
        "tokens",
        "from",
        "to",
        "transfer",
        "purchase_id",
        "cause",
        "available",
        "held",
        "loyalty_points",
    ];

    public static async Task WriteCsvAsync(HttpContext http, StatementReader statement)
    {
        var body = Begin(http, statement, "text/csv; charset=utf-8", "csv");
        await using var csv = CsvWriter.Create(body.AsStream(leaveOpen: true), leaveOpen: true);
        csv.WriteHeader(Columns);
        await foreach (var movement in statement.AllAsync())
        {
            WriteRow(csv, movement);
            await csv.EndRecordAsync(http.RequestAborted);
        }
    }

    public static async Task WriteJsonAsync(HttpContext http, StatementReader statement)
    {
        var body = Begin(http, statement, "application/json", "json");
        var before = "[";
        await foreach (var movement in statement.AllAsync())
        {
            Write(body, before);
            Write(body, JsonSerializer.Serialize(movement, LedgerJson.Default.MovementResponse));
            before = ",\n";
            if (body.UnflushedBytes > PieceBytes)
            {
                await body.FlushAsync(http.RequestAborted);
            }
        }
        Write(body, before == "[" ? "[]" : "]");
        await body.FlushAsync(http.RequestAborted);
    }

    private static PipeWriter Begin(HttpContext http, StatementReader statement, string contentType, string extension)
    {
        var name = statement.Account.ToString().Replace('/', '-');
        http.Response.ContentType = contentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"statement-{name}.{extension}\"";
        return http.Response.BodyWriter;
    }

    private static void WriteRow(CsvWriter csv, MovementResponse movement)
    {
        csv.WriteField(movement.Id);
        csv.WriteField(movement.Position);
        csv.WriteField(movement.At.UtcDateTime);
        csv.WriteField(movement.Kind.ToString().ToLowerInvariant());
        csv.WriteField(movement.Tokens);
        csv.WriteField(SpreadsheetText.Of(movement.From));
        csv.WriteField(SpreadsheetText.Of(movement.To));
        csv.WriteField(SpreadsheetText.Of(movement.Transfer));
        csv.WriteField(SpreadsheetText.Of(movement.PurchaseId));
        // Always quoted: whatever a program takes for a separator, it stays one cell.
        csv.WriteField(SpreadsheetText.Of(movement.Cause), CsvQuoting.Always);
        csv.WriteField(movement.Available);
        csv.WriteField(movement.Held);
        csv.WriteField(movement.LoyaltyPoints);
    }

    private static void Write(PipeWriter body, string text) => Encoding.UTF8.GetBytes(text, body);
}
