using System.Buffers;
using System.IO.Pipelines;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Actors.ApiHost.Http;

/// <summary>Reads a request body as one JSON object. Whatever is wrong with it is a refusal, never a half-read value.</summary>
internal static class JsonBody
{
    private static readonly Refusal NotAnObject = HttpRefusals.InvalidRequest("The body is one JSON object.");

    public static ValueTask<Outcome<T>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> contract, RequestLimiter limiter)
        where T : class
    {
        if (!IsJson(http.Request.ContentType))
        {
            return MayStayAway(http)
                ? new(JsonSerializer.Deserialize("{}"u8, contract)!)
                : new(HttpRefusals.UnsupportedMediaType);
        }
        // Kestrel ends a body that exceeds Limits:BodyBytes with an exception, so this is bounded.
        var reader = http.Request.BodyReader;
        // Most bodies have come with the head; not waiting costs neither a state machine nor a token source.
        if (reader.TryRead(out var read))
        {
            if (read.IsCompleted)
            {
                return new(Finish(http, read, contract, limiter));
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
        return ReadRestAsync(http, contract, limiter);
    }

    private static async ValueTask<Outcome<T>> ReadRestAsync<T>(
        HttpContext http,
        JsonTypeInfo<T> contract,
        RequestLimiter limiter
    )
        where T : class
    {
        var reader = http.Request.BodyReader;
        var read = await reader.ReadAsync(http.RequestAborted);
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync(http.RequestAborted);
        }
        return Finish(http, read, contract, limiter);
    }

    private static Outcome<T> Finish<T>(
        HttpContext http,
        in ReadResult read,
        JsonTypeInfo<T> contract,
        RequestLimiter limiter
    )
        where T : class
    {
        try
        {
            return Parse(read, contract) is not { } value ? NotAnObject
                : Charge(http, read.Buffer.Length, limiter) is { } refusal ? refusal
                : value;
        }
        catch (JsonException fault)
        {
            return MistypedMember.Explain(http, fault);
        }
        finally
        {
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
        }
    }

    private static Refusal? Charge(HttpContext http, long bytes, RequestLimiter limiter) =>
        http.Features.Get<Caller>() is { } caller ? limiter.AdmitWriting(caller, bytes) : null;

    /// <summary>No body at all, where none is needed.</summary>
    private static bool MayStayAway(HttpContext http) =>
        http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
        && http.GetEndpoint()?.Metadata.GetMetadata<OptionalBody>() is not null;

    private static T? Parse<T>(in ReadResult read, JsonTypeInfo<T> contract)
    {
        if (read.Buffer.IsSingleSegment)
        {
            return JsonSerializer.Deserialize(read.Buffer.FirstSpan, contract);
        }
        var length = (int)read.Buffer.Length;
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            read.Buffer.CopyTo(whole);
            return JsonSerializer.Deserialize(whole.AsSpan(0, length), contract);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private static bool IsJson(string? contentType)
    {
        if (contentType is MediaTypeNames.Application.Json or "application/json; charset=utf-8")
        {
            return true;
        }
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (IsCalled(type.MediaType, MediaTypeNames.Application.Json) || IsCalled(type.Suffix, "json"))
            && (!type.Charset.HasValue || IsCalled(type.Charset, "utf-8"));
    }

    private static bool IsCalled(StringSegment found, string name) =>
        found.Equals(name, StringComparison.OrdinalIgnoreCase);
}
