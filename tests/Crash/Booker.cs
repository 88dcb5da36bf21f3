using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>
/// Books one call after another at times that others want as well, accepts the rules and pays. What was cut off it goes on with
/// after the next start, under the same keys, as a client must.
/// </summary>
internal sealed class Booker(
    string user,
    string token,
    string performer,
    string provider,
    DateTimeOffset first,
    Random chance
)
{
    private const int Times = 400;

    private readonly List<(string Key, DateTimeOffset Start)> _wanted = [];
    private readonly Dictionary<string, string> _confirmed = [];
    private readonly HashSet<string> _taken = [];

    public string User => user;

    public string Token => token;

    /// <summary>The ids of bookings that were answered as confirmed.</summary>
    public IReadOnlyCollection<string> Confirmed => _confirmed.Values;

    public int CutOff { get; private set; }

    public List<string> Refused { get; } = [];

    /// <summary>Goes on until the connection breaks.</summary>
    public async Task BookAsync(IPEndPoint endPoint)
    {
        try
        {
            using var client = await WireClient.ConnectAsync(endPoint);
            while (true)
            {
                _wanted.Add(($"{user}-{_wanted.Count}", first.AddMinutes(30 * chance.Next(Times))));
                await BookAsync(client, _wanted[^1]);
            }
        }
        catch (Exception fault) when (fault is SocketException or EndOfStreamException)
        {
            CutOff++;
        }
    }

    /// <summary>Asks again for everything: what was confirmed is so still, and what was cut off comes to an end.</summary>
    public async Task RepeatAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        foreach (var wanted in _wanted)
        {
            var before = _confirmed.GetValueOrDefault(wanted.Key);
            await BookAsync(client, wanted);
            Assert.True(before is null || _confirmed[wanted.Key] == before, $"{wanted.Key} is another booking now");
        }
    }

    private async Task BookAsync(WireClient client, (string Key, DateTimeOffset Start) wanted)
    {
        if (_taken.Contains(wanted.Key))
        {
            return;
        }
        var start = wanted.Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var held = await client.SendAsync(
            "POST",
            "/api/v1/bookings",
            token,
            $$"""{"performerId":"{{performer}}","start":"{{start}}","duration":30,"type":"video","rulesVersion":1,"idempotencyKey":"{{wanted.Key}}"}"""
        );
        if (held.Status == HttpStatusCode.Conflict && MemberOf(held, "error") == "NOT_AVAILABLE")
        {
            _taken.Add(wanted.Key);
            return;
        }
        if (held.Status != HttpStatusCode.Created)
        {
            Refused.Add($"{wanted.Key} {held.Status} {held.Body}");
            return;
        }
        var id = MemberOf(held, "bookingId");
        await client.SendAsync("POST", $"/api/v1/bookings/{id}/rules", token, """{"rulesVersion":1}""");
        var paid = await client.SendAsync(
            "POST",
            $"/api/v1/bookings/{id}/pay",
            token,
            $$"""{"provider":"{{provider}}","idempotencyKey":"pay-{{wanted.Key}}"}"""
        );
        if (paid.Status != HttpStatusCode.OK || MemberOf(paid, "status") != "confirmed")
        {
            Refused.Add($"{wanted.Key} {paid.Status} {paid.Body}");
            return;
        }
        _confirmed[wanted.Key] = id;
    }

    private static string MemberOf(WireAnswer answer, string member)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty(member).GetString()!;
    }
}
