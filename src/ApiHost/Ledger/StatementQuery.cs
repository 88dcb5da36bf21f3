using System.Globalization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Ledger;

/// <summary>What is asked of a statement: a page, a moment, or a file.</summary>
internal sealed record StatementQuery(int Limit, long? Before, DateTimeOffset? AsOf, string? Format)
{
    public static Outcome<StatementQuery> From(Call call, int limitUnlessAsked, Refusal otherwise)
    {
        var page = call.Page(limitUnlessAsked);
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }
        var query = call.Http.Request.Query;
        var (cursor, asOf, format) = (query["cursor"], query["asOf"], query["format"]);
        var before = 0L;
        var time = default(DateTimeOffset);
        var valid =
            (
                cursor.Count == 0
                || (
                    cursor.Count == 1
                    && long.TryParse(cursor[0], NumberStyles.None, CultureInfo.InvariantCulture, out before)
                    && before >= 1
                )
            )
            && (asOf.Count == 0 || (asOf.Count == 1 && TryTime(asOf[0], out time)))
            && (format.Count == 0 || format.ToString() is "csv" or "json");
        return valid
            ? new StatementQuery(
                page.Value.Limit,
                cursor.Count == 0 ? null : before,
                asOf.Count == 0 ? null : time,
                format.Count == 0 ? null : format.ToString()
            )
            : otherwise;
    }

    /// <summary>A time without a zone would mean different things on two servers.</summary>
    private static bool TryTime(string? text, out DateTimeOffset time)
    {
        time = default;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed)
            && parsed.Kind != DateTimeKind.Unspecified
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }
}
