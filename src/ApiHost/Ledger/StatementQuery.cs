using System.Globalization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.Extensions.Primitives;

namespace Actors.ApiHost.Ledger;

/// <summary>What is asked of a statement: a page, a moment, or a file.</summary>
internal sealed record StatementQuery(
    int Limit,
    long? Before,
    DateTimeOffset? AsOf,
    string? Format,
    StatementFilter Filter
)
{
    public static Outcome<StatementQuery> From(Call call, int limitUnlessAsked, Refusal otherwise)
    {
        var page = call.Page(limitUnlessAsked);
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }
        var query = call.Http.Request.Query;
        var format = query["format"];
        if (
            !TryCursor(query["cursor"], out var before)
            || !call.TryTime("asOf", out var asOf)
            || !call.TryTime("from", out var from)
            || !call.TryTime("to", out var until)
            || !TryKinds(query["kind"], out var kinds)
            || (format.Count > 0 && format.ToString() is not ("csv" or "json"))
        )
        {
            return otherwise;
        }
        return new StatementQuery(
            page.Value.Limit,
            before,
            asOf,
            format.Count == 0 ? null : format.ToString(),
            new StatementFilter(kinds, from, until)
        );
    }

    /// <summary>False for what no page has named as its next.</summary>
    private static bool TryCursor(StringValues given, out long? before)
    {
        before = null;
        if (given.Count == 0)
        {
            return true;
        }
        if (
            given.Count > 1
            || !long.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1
        )
        {
            return false;
        }
        before = number;
        return true;
    }

    /// <summary>False for a value that is none of the kinds.</summary>
    private static bool TryKinds(StringValues given, out IReadOnlyList<MovementKind>? kinds)
    {
        kinds = null;
        if (given.Count == 0)
        {
            return true;
        }
        var parsed = given
            .ToString()
            .Split(',')
            .Select(static name => (StrictEnumConverter<MovementKind>.TryRead(name, out var kind), kind))
            .ToArray();
        kinds = [.. parsed.Select(static one => one.kind)];
        return parsed.All(static one => one.Item1);
    }
}
