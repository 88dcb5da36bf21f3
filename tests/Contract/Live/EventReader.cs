using System.Net.Http.Headers;
using System.Text.Json;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Live;

/// <summary>Server-sent events over a real socket, as a client that can set headers reads them.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    public HttpResponseMessage Response => _response;

    /// <summary>Opens the stream and reads the first envelope.</summary>
    public static async Task<EventReader> OpenAsync(
        ApiServer server,
        string token,
        string? lastEventId = null,
        string path = "/api/v1/events"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }
        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        var reader = new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.Equal("retry: 2000", await reader._lines.ReadLineAsync());
        Assert.Equal("", await reader._lines.ReadLineAsync());
        Assert.Equal("ready", (await reader.NextAsync())!.Type);
        return reader;
    }

    /// <summary>The next envelope of a type; others are passed over.</summary>
    public async Task<Envelope> FindAsync(string type)
    {
        while (true)
        {
            var next = await NextAsync();
            Assert.NotNull(next);
            if (next.Type == type)
            {
                return next;
            }
        }
    }

    /// <summary>The next envelope; null when the server has ended the stream.</summary>
    public async Task<Envelope?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var fields = new Dictionary<string, string>();
        while (await _lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length > 0)
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                Assert.True(line == ":" || colon > 0, $"No event stream: {line}");
                if (colon > 0)
                {
                    fields.Add(line[..colon], line[(colon + 2)..]);
                }
            }
            else if (fields.Count > 0)
            {
                var envelope = Envelope.Parse(fields["data"]);
                Assert.Equal(envelope.Passes ? ["data", "event"] : ["data", "event", "id"], fields.Keys.Order());
                Assert.Equal((fields.GetValueOrDefault("id", ""), fields["event"]), (envelope.Id, envelope.Type));
                return envelope;
            }
        }
        return null;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}

/// <param name="Id">Empty for what passes and is not come back to.</param>
internal sealed record Envelope(string Id, string Type, DateTimeOffset At, JsonElement Data)
{
    public bool Passes => Type is "typing" or "presence";

    public string? this[string member] => Data.GetProperty(member).ToString();

    public static Envelope Parse(string json)
    {
        var root = JsonDocument.Parse(json).RootElement;
        Assert.EndsWith("Z", root.GetProperty("at").GetString(), StringComparison.Ordinal);
        var envelope = new Envelope(
            root.TryGetProperty("id", out var id) ? id.GetString()! : "",
            root.GetProperty("type").GetString()!,
            root.GetProperty("at").GetDateTimeOffset(),
            root.GetProperty("data")
        );
        Assert.Equal(
            envelope.Passes ? ["type", "at", "data"] : ["id", "type", "at", "data"],
            root.EnumerateObject().Select(static one => one.Name)
        );
        return envelope;
    }
}
