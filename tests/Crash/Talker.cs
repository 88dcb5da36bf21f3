using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>
/// One side of a conversation: writes one numbered message after the other, each with a key of its own, and remembers what it was
/// told. Whatever was cut off it sends again with the same key after the next start, as a client must.
/// </summary>
internal sealed class Talker(string conversation, string name, string peer, string token)
{
    private readonly Dictionary<string, string> _acknowledged = [];
    private readonly List<string> _unanswered = [];
    private int _number;

    public string Conversation => conversation;

    /// <summary>The ids of messages that were answered with success, by what they say.</summary>
    public IReadOnlyDictionary<string, string> Acknowledged => _acknowledged;

    /// <summary>Messages that may be there once, or not at all.</summary>
    public IReadOnlyList<string> Unanswered => _unanswered;

    /// <summary>How often a message was cut off.</summary>
    public int CutOff { get; private set; }

    /// <summary>Answers that were neither.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Goes on until the connection breaks.</summary>
    public async Task TalkAsync(IPEndPoint endPoint)
    {
        try
        {
            using var client = await WireClient.ConnectAsync(endPoint);
            while (await SayOneAsync(client)) { }
        }
        catch (SocketException)
        {
            // Nobody listens any more, so nothing was sent.
        }
    }

    public async Task SayAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        Assert.True(await SayOneAsync(client), string.Join('\n', Refused));
    }

    /// <summary>Sends again what was cut off, and what was answered last: each key is one message.</summary>
    public async Task RepeatAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        foreach (var content in _unanswered)
        {
            _acknowledged.Add(content, await SendAsync(client, content));
        }
        foreach (var (content, id) in _acknowledged.TakeLast(_unanswered.Count + 1).ToArray())
        {
            Assert.Equal(id, await SendAsync(client, content));
        }
        _unanswered.Clear();
    }

    private async Task<bool> SayOneAsync(WireClient client)
    {
        var content = $"{name}:{++_number}";
        try
        {
            var answer = await AskAsync(client, content);
            if (answer.Status != HttpStatusCode.Created)
            {
                Refused.Add($"{content} {answer.Status} {answer.Body}");
                return false;
            }
            _acknowledged.Add(content, IdOf(answer));
            return true;
        }
        catch (Exception fault) when (fault is SocketException or EndOfStreamException)
        {
            CutOff++;
            _unanswered.Add(content);
            return false;
        }
    }

    private async Task<string> SendAsync(WireClient client, string content)
    {
        var answer = await AskAsync(client, content);
        Assert.True(answer.Status == HttpStatusCode.Created, $"{content}: {answer.Body}");
        return IdOf(answer);
    }

    private async Task<WireAnswer> AskAsync(WireClient client, string content)
    {
        var body = $$"""{"content":"{{content}}"}""";
        var head = WireClient.Head("POST", $"/api/v1/conversations/{peer}/messages", token, body.Length);
        await client.SendAsync(Encoding.UTF8.GetBytes($"{head[..^2]}Idempotency-Key: {content}\r\n\r\n{body}"));
        return await client.AnswerAsync();
    }

    private static string IdOf(WireAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty("id").GetString()!;
    }
}
