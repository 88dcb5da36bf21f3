using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Actors.Crash.Tests;

/// <summary>A client of the live feed that is cut off again and again, and each time resumes from the last id that it has.</summary>
internal sealed class FeedFollower(string person, string token)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<string> _messages = [];
    private string? _lastId;

    public string Person => person;

    /// <summary>The ids of messages in the order in which they came.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Reads what comes until the connection breaks, or nobody wants more.</summary>
    /// <param name="ready">Completed once nothing is missed any more.</param>
    public async Task FollowAsync(IPEndPoint endPoint, TaskCompletionSource ready, CancellationToken enough)
    {
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://{endPoint}") };
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (_lastId is not null)
            {
                request.Headers.Add("Last-Event-ID", _lastId);
            }
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, enough);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(enough));
            await ReadAsync(lines, ready, enough);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            // Cut off.
        }
        finally
        {
            ready.TrySetResult();
        }
    }

    /// <summary>Resumes once more and waits until every one of these has come.</summary>
    public async Task CatchUpAsync(IPEndPoint endPoint, IReadOnlyCollection<string> ids)
    {
        using var enough = new CancellationTokenSource(Patience, TimeProvider.System);
        var following = FollowAsync(endPoint, new TaskCompletionSource(), enough.Token);
        while (!following.IsCompleted && ids.Except(Messages).Any())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        await enough.CancelAsync();
        await following;
    }

    private async Task ReadAsync(StreamReader lines, TaskCompletionSource ready, CancellationToken enough)
    {
        var (id, type, data) = ((string?)null, "", "");
        while (await lines.ReadLineAsync(enough) is { } line)
        {
            if (line.Length > 0)
            {
                var (field, value) = line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0
                    ? (line[..colon], line[(colon + 2)..])
                    : ("", "");
                (id, type, data) = field switch
                {
                    "id" => (value, type, data),
                    "event" => (id, value, data),
                    "data" => (id, type, value),
                    _ => (id, type, data),
                };
                continue;
            }
            if (type == "message")
            {
                using var envelope = JsonDocument.Parse(data);
                lock (_messages)
                {
                    _messages.Add(envelope.RootElement.GetProperty("data").GetProperty("id").GetString()!);
                }
            }
            _lastId = id ?? _lastId;
            if (type == "ready")
            {
                ready.TrySetResult();
            }
            (id, type, data) = (null, "", "");
        }
    }
}
