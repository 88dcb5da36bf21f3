using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.ApiHost.Errors;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Http;

internal static class JsonAnswer
{
    public const string ContentType = "application/json";

    /// <summary>200 with the value, or the refusal as a problem.</summary>
    public static void Write<T>(HttpContext http, Outcome<T> outcome, JsonTypeInfo<T> contract)
    {
        if (outcome.Refusal is { } refusal)
        {
            Problem.Write(http, refusal);
            return;
        }
        Write(http, outcome.Value!, contract);
    }

    public static void Write<T>(HttpContext http, T value, JsonTypeInfo<T> contract)
    {
        http.Response.ContentType = ContentType;
        http.Response.Headers.CacheControl = "no-store";
        using var buffer = JsonBuffer.Rent();
        JsonSerializer.Serialize(buffer.Writer, value, contract);
        buffer.SendTo(http.Response);
    }
}
