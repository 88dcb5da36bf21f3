using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace Actors.ApiHost.Ledger;

/// <summary>Writes a whole statement as a file, a piece at a time: it may be longer than memory is large.</summary>
internal static class StatementExport
{
    private const string Columns =
        "id,position,at,kind,tokens,from,to,transfer,purchase_id,cause,available,held,loyalty_points\r\n";

    public static async Task WriteCsvAsync(HttpContext http, StatementReader statement)
    {
        var body = Begin(http, statement, "text/csv; charset=utf-8", "csv");
        Write(body, Columns);
        await foreach (var movement in statement.AllAsync())
        {
            Write(body, Row(movement));
            await FlushWhenLongAsync(body, http.RequestAborted);
        }
        await body.FlushAsync(http.RequestAborted);
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
            await FlushWhenLongAsync(body, http.RequestAborted);
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

    private static string Row(MovementResponse movement) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{movement.Id},{movement.Position},{movement.At.UtcDateTime:O},{Name(movement)},{movement.Tokens},{movement.From},{movement.To},{movement.Transfer},{movement.PurchaseId},{Cell(movement.Cause)},{movement.Available},{movement.Held},{movement.LoyaltyPoints}\r\n"
        );

    private static string Name(MovementResponse movement) => movement.Kind.ToString().ToLowerInvariant();

    /// <summary>Quoted; and what a spreadsheet would take for a formula is marked as a text.</summary>
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        var harmless = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static void Write(PipeWriter body, string text) => Encoding.UTF8.GetBytes(text, body);

    private static async ValueTask FlushWhenLongAsync(PipeWriter body, CancellationToken cancellation)
    {
        if (body.UnflushedBytes > 16 * 1024)
        {
            await body.FlushAsync(cancellation);
        }
    }
}
