using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>A model who performs what is in her queue, some of it wholly and some of it by half.</summary>
internal sealed class Performer(string model, string token)
{
    public string Model => model;

    public string Token => token;

    /// <summary>Goes on until the connection breaks.</summary>
    public async Task PerformAsync(IPEndPoint endPoint)
    {
        try
        {
            using var client = await WireClient.ConnectAsync(endPoint);
            while (true)
            {
                await PerformWaitingAsync(client);
            }
        }
        catch (Exception fault) when (fault is SocketException or EndOfStreamException)
        {
            // What was not answered is still in the queue, or it has ended: its key is the same either way.
        }
    }

    /// <summary>Performs until nothing is left.</summary>
    public async Task FinishAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        while (await PerformWaitingAsync(client) > 0) { }
    }

    private async Task<int> PerformWaitingAsync(WireClient client)
    {
        var queue = await client.SendAsync("GET", $"/queue/{model}", token);
        Assert.True(queue.Status == HttpStatusCode.OK, queue.Body);
        using var json = JsonDocument.Parse(queue.Body);
        string[] waiting =
        [
            .. json
                .RootElement.GetProperty("entries")
                .EnumerateArray()
                .Select(static entry => entry.GetProperty("purchase_id").GetString()!),
        ];
        foreach (var purchaseId in waiting)
        {
            await DoneAsync(client, $"/queue/{model}/{purchaseId}/start", "");
            var percent = purchaseId[^1] < '8' ? 100 : 50;
            var body = $$"""{"deliver_percent":{{percent}},"idempotency_key":"{{purchaseId}}"}""";
            await DoneAsync(client, $"/queue/{model}/{purchaseId}/complete", body);
            await DoneAsync(client, $"/queue/{model}/{purchaseId}/complete", body);
        }
        return waiting.Length;
    }

    private async Task DoneAsync(WireClient client, string path, string body)
    {
        var answer = await client.SendAsync("POST", path, token, body);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
    }
}
