using System.Globalization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Http;

/// <summary>One request, as a handler sees it.</summary>
public readonly struct Call(HttpContext http)
{
    public const string IdempotencyHeader = "Idempotency-Key";

    private const int MaxUserAgentLength = 256;

    public HttpContext Http { get; } = http;

    /// <summary>Who is calling; only for routes that are not public.</summary>
    public Caller Caller =>
        Http.Features.Get<Caller>() ?? throw new InvalidOperationException("A public route has no caller.");

    public string? Route(string name) => Http.Request.RouteValues[name] as string;

    public string? Query(string name) => Http.Request.Query[name] is [var value] ? value : null;

    /// <summary>The model that the path names; an id that cannot exist is one that does not.</summary>
    public Outcome<ModelId> Model(string name = "modelId") =>
        ModelId.TryParse(Route(name), out var id) ? id : IdentityRefusals.ModelNotFound;

    /// <summary>One of the names of an enum; null when the parameter is absent, refused when it is anything else.</summary>
    public Outcome<T?> Choice<T>(string name, Refusal refusal)
        where T : struct, Enum
    {
        var values = Http.Request.Query[name];
        return values.Count == 0 ? (T?)null
            : values.Count == 1 && StrictEnumConverter<T>.TryRead(values[0], out var value) ? value
            : refusal;
    }

    /// <summary>The caller; of those who run the platform with address and user agent, for the audit.</summary>
    public Actor Actor() =>
        Caller.Role is ActorRole.User or ActorRole.Model ? new(Caller.Role, Caller.Id) : ActorWithOrigin();

    /// <summary>
    /// The caller with address and user agent, for what shows them and can erase them. Where else a person calls from is not
    /// written down.
    /// </summary>
    public Actor ActorWithOrigin() => new(Caller.Role, Caller.Id, Address(), UserAgent());

    /// <summary><c>limit</c> 1 to 100, <paramref name="otherwise"/> unless given; <c>offset</c> from 0.</summary>
    public Outcome<Page> Page(int otherwise = 20)
    {
        var limit = Number("limit", Http.Request.Query, otherwise);
        var offset = Number("offset", Http.Request.Query, otherwise: 0);
        return limit is >= 1 and <= Actors.ApiHost.Http.Page.MaxLimit && offset >= 0
            ? new Page(limit.Value, offset.Value)
            : HttpRefusals.InvalidPage;
    }

    /// <summary>A UTC day such as 2026-11-25; null when absent. False when something is given that is no day.</summary>
    public bool TryDay(string name, out DateOnly? day)
    {
        var given = Http.Request.Query[name];
        var isDay = DateOnly.TryParseExact(
            given.Count == 1 ? given[0] : null,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var parsed
        );
        day = isDay ? parsed : null;
        return isDay || given.Count == 0;
    }

    /// <summary>A time with its zone; null when absent. False for what is none: without a zone it would mean different things on two servers.</summary>
    public bool TryTime(string name, out DateTimeOffset? time)
    {
        var given = Http.Request.Query[name];
        time = null;
        if (given.Count == 0)
        {
            return true;
        }
        if (
            given.Count != 1
            || !DateTime.TryParse(given[0], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed)
            || parsed.Kind == DateTimeKind.Unspecified
        )
        {
            return false;
        }
        time = DateTimeOffset.Parse(given[0]!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        return true;
    }

    /// <summary>
    /// The idempotency key of a command that moves tokens: from the body, else from the header <c>Idempotency-Key</c>.
    /// Required; two that differ are none.
    /// </summary>
    public Outcome<IdempotencyKey> IdempotencyKey(string? inBody)
    {
        var headers = Http.Request.Headers[IdempotencyHeader];
        var inHeader = headers.Count == 0 ? null : headers.ToString();
        var text = inBody ?? inHeader;
        return
            GrainInterfaces.Ledger.IdempotencyKey.TryParse(text, out var key) && (inHeader is null || inHeader == text)
            ? key
            : LedgerRefusals.IdempotencyKeyRequired;
    }

    /// <summary>For what nobody has to name: who does may send it again.</summary>
    public Outcome<string?> OptionalKey() =>
        Http.Request.Headers.ContainsKey(IdempotencyHeader)
            ? IdempotencyKey(null).Map(static key => (string?)key.Value)
            : (string?)null;

    /// <summary>Answers 201 with it.</summary>
    public T Created<T>(T made)
    {
        Http.Response.StatusCode = StatusCodes.Status201Created;
        return made;
    }

    /// <summary>Answers 202 with it: it goes on after the answer.</summary>
    public T Accepted<T>(T begun)
    {
        Http.Response.StatusCode = StatusCodes.Status202Accepted;
        return begun;
    }

    private static int? Number(string name, IQueryCollection query, int otherwise)
    {
        var values = query[name];
        if (values.Count == 0)
        {
            return otherwise;
        }
        return
            values.Count == 1
            && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private string? Address()
    {
        var address = Http.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }

    private string? UserAgent()
    {
        var text = Http.Request.Headers.UserAgent;
        return text.Count == 0 ? null
            : text[0] is { Length: > MaxUserAgentLength } longer ? longer[..MaxUserAgentLength]
            : text[0];
    }
}

public readonly record struct Page(int Limit, int Offset)
{
    public const int MaxLimit = 100;
}
