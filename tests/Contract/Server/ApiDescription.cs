using System.Collections.Concurrent;
using System.Text.Json;

namespace Actors.Contract.Tests.Server;

/// <summary>The OpenAPI document that a server publishes.</summary>
public sealed class ApiDescription(ApiServer server)
{
    private static readonly ConcurrentDictionary<ApiServer, ApiDescription> Known = new();

    private readonly Lazy<Task<JsonElement>> _document = new(() => Load(server));

    public static ApiDescription Of(ApiServer server) => Known.GetOrAdd(server, one => new ApiDescription(one));

    public Task<JsonElement> Document => _document.Value;

    public async Task CheckDocumented(HttpMethod method, string path, Answer answer)
    {
        if (await Find(method, path) is { } operation)
        {
            var status = answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(
                operation.GetProperty("responses").TryGetProperty(status, out var response)
                    && response
                        .GetProperty("description")
                        .GetString()!
                        .Contains(answer.Error, StringComparison.Ordinal),
                $"{method} {path} answered {status} {answer.Error}, which the document does not say."
            );
        }
    }

    private async Task<JsonElement?> Find(HttpMethod method, string path)
    {
        var segments = path.Split('?')[0].Split('/');
        var matches =
            from described in (await Document).GetProperty("paths").EnumerateObject()
            let pattern = described.Name.Split('/')
            where pattern.Length == segments.Length
            where pattern.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second)
            // As routing does: a literal wins over a parameter, from the first segment on.
            orderby string.Concat(pattern.Select(segment => segment.StartsWith('{') ? '1' : '0'))
            select described.Value;
        foreach (var match in matches)
        {
            if (match.TryGetProperty(method.Method.ToLowerInvariant(), out var operation))
            {
                return operation;
            }
        }
        return null;
    }

    private static async Task<JsonElement> Load(ApiServer server)
    {
        using var stream = await server.Http.GetStreamAsync("/openapi/v1.json");
        return (await JsonDocument.ParseAsync(stream)).RootElement;
    }
}
