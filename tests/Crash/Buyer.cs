using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>
/// Buys again and again, one purchase at a time with a key of its own, and remembers what it was told. Whatever was cut off
/// it asks for again with the same key after the next start, as a client must.
/// </summary>
internal sealed class Buyer(string user, string token, IReadOnlyList<Offer> offers)
{
    // Queues have a bound, and nobody wants to be refused for that.
    private const int QueuedEvery = 8;
    private const int OldKeysTried = 3;

    private readonly Dictionary<string, (Offer Offer, string PurchaseId)> _acknowledged = [];
    private readonly List<(string Key, Offer Offer)> _unanswered = [];
    private readonly ConcurrentQueue<string> _told = [];
    private int _number;

    /// <summary>The ids of purchases that were answered at once, also to be looked at while it buys.</summary>
    public IReadOnlyList<string> Told => [.. _told];

    public string User => user;

    public string Token => token;

    /// <summary>The ids of purchases that were answered with success.</summary>
    public IEnumerable<string> Acknowledged => _acknowledged.Values.Select(static bought => bought.PurchaseId);

    public int AcknowledgedCount => _acknowledged.Count;

    /// <summary>Purchases that may have been made once, or not at all.</summary>
    public int UnansweredCount => _unanswered.Count;

    /// <summary>How often a purchase was cut off.</summary>
    public int CutOff { get; private set; }

    /// <summary>Answers that were neither.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Goes on until the connection breaks.</summary>
    public async Task BuyAsync(IPEndPoint endPoint)
    {
        try
        {
            using var client = await WireClient.ConnectAsync(endPoint);
            while (await BuyOneAsync(client)) { }
        }
        catch (SocketException)
        {
            // Nobody listens any more, so nothing was sent.
        }
    }

    /// <summary>Asks again for what was cut off, and for some of what was answered long ago: each key is one purchase.</summary>
    public async Task RepeatAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        foreach (var (key, offer) in _unanswered)
        {
            _acknowledged.Add(key, (offer, await AskAsync(client, key, offer)));
        }
        var step = Math.Max(1, _acknowledged.Count / OldKeysTried);
        var old = _acknowledged.Where((_, index) => index % step == 0);
        foreach (var (key, (offer, purchaseId)) in old.Concat(_acknowledged.TakeLast(_unanswered.Count)).ToArray())
        {
            Assert.Equal(purchaseId, await AskAsync(client, key, offer));
        }
        _unanswered.Clear();
    }

    private async Task<bool> BuyOneAsync(WireClient client)
    {
        _number++;
        var wanted = offers.Where(offer => offer.IsQueued == (_number % QueuedEvery == 0)).ToArray();
        var offer = wanted[_number % wanted.Length];
        var key = $"{user}:{_number}";
        try
        {
            var answer = await client.SendAsync("POST", "/menu/purchase", token, offer.Order(key));
            if (answer.Status != HttpStatusCode.OK)
            {
                Refused.Add($"{key} {answer.Status} {answer.Body}");
                return false;
            }
            _acknowledged.Add(key, (offer, PurchaseIdOf(answer)));
            _told.Enqueue(PurchaseIdOf(answer));
            return true;
        }
        catch (Exception fault) when (fault is SocketException or EndOfStreamException)
        {
            CutOff++;
            _unanswered.Add((key, offer));
            return false;
        }
    }

    private async Task<string> AskAsync(WireClient client, string key, Offer offer)
    {
        var answer = await client.SendAsync("POST", "/menu/purchase", token, offer.Order(key));
        Assert.True(answer.Status == HttpStatusCode.OK, $"{key}: {answer.Body}");
        return PurchaseIdOf(answer);
    }

    private static string PurchaseIdOf(WireAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty("purchase_id").GetString()!;
    }
}
