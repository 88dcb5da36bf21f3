using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Actors.Contract.Tests.Server;

/// <summary>
/// Calls the API as one caller. Every answer that is an error is checked for its shape, and its code must be documented
/// for the operation that gave it.
/// </summary>
public sealed class ApiClient(ApiServer server, string? token)
{
    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Post(string path, string? body = null) => Send(HttpMethod.Post, path, body);

    public Task<Answer> Put(string path, string body) => Send(HttpMethod.Put, path, body);

    public async Task<Answer> Send(
        HttpMethod method,
        string path,
        string? body = null,
        string contentType = "application/json",
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        change?.Invoke(request);
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = new Answer(
            (int)response.StatusCode,
            text,
            response.Content.Headers.ContentType?.MediaType,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(
                    header => header.Key,
                    header => string.Join(", ", header.Value),
                    StringComparer.OrdinalIgnoreCase
                )
        );
        var isPage = path.StartsWith("/rooms/", StringComparison.Ordinal) && answer.MediaType == "text/html";
        if (answer.Status >= 400 && answer.MediaType != "application/json" && !isPage)
        {
            ProblemShape.Check(answer, path);
            await ApiDescription.Of(server).CheckDocumented(method, path, answer);
        }
        return answer;
    }
}

public sealed record Answer(int Status, string Text, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? this[string member] => Json.GetProperty(member).ToString();

    public string Error => Json.GetProperty("error").GetString()!;

    public Answer ShouldBe(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        return this;
    }

    public Answer ShouldRefuse(int status, string code)
    {
        ShouldBe(status);
        Assert.Equal(code, Error);
        return this;
    }

    public IEnumerable<string> Members => Json.EnumerateObject().Select(member => member.Name);
}
