using System.Net;
using System.Net.Sockets;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>
/// Changes one model's mood again and again, one change at a time, and remembers what it was told. Its messages are
/// numbered, so that each can be found in the history.
/// </summary>
/// <param name="overrides">An admin who overrides the mood, so that the model is notified each time.</param>
internal sealed class MoodWriter(string model, string name, string token, bool overrides = false)
{
    // The inbox keeps 1,000 notifications and the test wants to find them all.
    private const int OverridesPerRun = 25;

    private static readonly string[] States = ["neutral", "positive", "negative"];

    private int _number;

    public string Model => model;

    public bool Overrides => overrides;

    /// <summary>Changes that were answered with success, in order.</summary>
    public List<string> Acknowledged { get; } = [];

    /// <summary>Changes that were sent and never answered: each may have happened once, or not at all.</summary>
    public List<Unanswered> Unanswered { get; } = [];

    /// <summary>Answers that were neither.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Goes on until the connection breaks or is closed.</summary>
    public async Task WriteAsync(IPEndPoint endPoint)
    {
        try
        {
            using var client = await WireClient.ConnectAsync(endPoint);
            var last = overrides ? _number + OverridesPerRun : int.MaxValue;
            while (_number < last && await WriteOneAsync(client)) { }
        }
        catch (SocketException)
        {
            // Nobody listens any more, so nothing was sent.
        }
    }

    private async Task<bool> WriteOneAsync(WireClient client)
    {
        var message = $"{name}:{++_number}.";
        var path = overrides ? $"/api/v1/admin/mood/{model}/update" : "/api/v1/mood/update";
        var reason = overrides ? $",\"reason\":\"{message}\"" : "";
        var body = $$"""{"moodState":"{{States[_number % 3]}}","customMessage":"{{message}}"{{reason}}}""";
        try
        {
            var answer = await client.SendAsync("POST", path, token, body);
            if (answer.Status != HttpStatusCode.OK)
            {
                Refused.Add($"{message} {answer.Status} {answer.Body}");
                return false;
            }
            Acknowledged.Add(message);
            return true;
        }
        catch (Exception fault) when (fault is SocketException or EndOfStreamException)
        {
            Unanswered.Add(new Unanswered(message, client.SentAt));
            return false;
        }
    }
}

/// <param name="SentAt">When the whole request was handed to the system; 0 if that never happened.</param>
internal sealed record Unanswered(string Message, long SentAt);
