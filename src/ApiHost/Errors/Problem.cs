using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.WebUtilities;

namespace Actors.ApiHost.Errors;

/// <summary>
/// Writes a refusal as problem+json (RFC 9457) that also carries <c>error</c> and <c>message</c>, with the headers that
/// belong to its status.
/// </summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    /// <summary>Where the meaning of a code can be read; the member <c>type</c> points there.</summary>
    public const string TypePath = "/errors/";

    private const int RetryUnavailableAfterSeconds = 1;
    private const int RetryFullAfterSeconds = 10;
    private const int RetryDamagedAfterSeconds = 3600;

    public static void Write(HttpContext http, Refusal refusal)
    {
        var response = http.Response;
        response.StatusCode = StatusOf(http, refusal);
        response.ContentType = ContentType;
        WriteHeaders(http, refusal);
        using var buffer = JsonBuffer.Rent();
        WriteBody(buffer.Writer, http, refusal);
        buffer.SendTo(response);
    }

    /// <summary>Who is signed in need not sign in: a route's own word for what its role may not do.</summary>
    private static int StatusOf(HttpContext http, Refusal refusal) =>
        refusal.Code == AuthRefusals.UnauthorizedCode && http.Features.Get<Caller>() is not null
            ? StatusCodes.Status403Forbidden
            : RefusalStatus.Of(refusal.Code);

    private static void WriteHeaders(HttpContext http, Refusal refusal)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        if (RetryAfterSeconds(http, refusal) is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        // RFC 6750 section 3.1: no error code for a request that brought no token.
        headers.WWWAuthenticate = refusal.Code switch
        {
            AuthRefusals.UnauthorizedCode when http.Response.StatusCode == StatusCodes.Status401Unauthorized =>
                "Bearer realm=\"actors\"",
            AuthRefusals.TokenInvalidCode or AuthRefusals.TokenExpiredCode or AuthRefusals.TokenRevokedCode =>
                $"Bearer error=\"invalid_token\", error_description=\"{refusal.Message}\"",
            AuthRefusals.UnauthorizedCode or CommonRefusals.ForbiddenCode or IdentityRefusals.WrongRoleCode =>
                "Bearer error=\"insufficient_scope\"",
            _ => headers.WWWAuthenticate,
        };
    }

    private static long? RetryAfterSeconds(HttpContext http, Refusal refusal)
    {
        if (refusal.ResetTime is not { } resetTime)
        {
            return refusal.Code switch
            {
                HttpRefusals.StorageDamagedCode => RetryDamagedAfterSeconds,
                HttpRefusals.StorageFullCode => RetryFullAfterSeconds,
                _ when RefusalStatus.Of(refusal.Code) == StatusCodes.Status503ServiceUnavailable =>
                    RetryUnavailableAfterSeconds,
                _ => null,
            };
        }
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        return Math.Max(1, (long)Math.Ceiling((resetTime - time.GetUtcNow()).TotalSeconds));
    }

    private static void WriteBody(Utf8JsonWriter json, HttpContext http, Refusal refusal)
    {
        var status = http.Response.StatusCode;
        json.WriteStartObject();
        json.WriteString("type"u8, TypePath + refusal.Code);
        json.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(status));
        json.WriteNumber("status"u8, status);
        json.WriteString("detail"u8, refusal.Message);
        json.WriteString("instance"u8, http.Request.Path.ToUriComponent());
        json.WriteString("error"u8, refusal.Code);
        json.WriteString("message"u8, refusal.Message);
        if (refusal.ResetTime is { } resetTime)
        {
            json.WriteString("resetTime"u8, resetTime.UtcDateTime);
        }
        json.WriteString("traceId"u8, System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
        foreach (var (name, figure) in refusal.Figures ?? FrozenDictionary<string, long>.Empty)
        {
            json.WriteNumber(name, figure);
        }
        if (http.Features.Get<ProblemMember>() is { } member)
        {
            json.WritePropertyName(member.Name);
            member.Write(json);
        }
        json.WriteEndObject();
    }
}

/// <summary>Something more that whoever is refused needs to go on; set by the endpoint that refuses.</summary>
internal sealed record ProblemMember(string Name, Action<Utf8JsonWriter> Write);
