using System.Net;
using System.Text.Json;
using Actors.TestKit;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>Performers who are there around the clock, and users with tokens who want the same times of them.</summary>
internal sealed class BookingSite() : HostSite
{
    private const int Performers = 2;
    private const int BookersPerPerformer = 3;
    private const long Price = 100;
    private const long FirstTokens = 1_000_000_000;
    private const string Hours = """[{"from":"00:00","to":"24:00"}]""";

    private readonly List<Booker> _bookers = [];

    public IReadOnlyList<Booker> Bookers => _bookers;

    private string Root => Token("root", "admin");

    public async Task OpenAsync(IPEndPoint endPoint, Random chance)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        var first = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2), TimeSpan.Zero);
        for (var number = 1; number <= Performers; number++)
        {
            await AskAsync(
                client,
                "POST",
                "/api/v1/admin/performers",
                Root,
                $$"""
                {"performerId":"performer-{{number}}","displayName":"Ana","timeZone":"UTC",
                 "weekly":{"monday":{{Hours}},"tuesday":{{Hours}},"wednesday":{{Hours}},"thursday":{{Hours}},
                           "friday":{{Hours}},"saturday":{{Hours}},"sunday":{{Hours}}},
                 "callTypes":["video"],"durations":[30],"maxDuration":30,"basePrice":{{Price}},
                 "bufferBefore":0,"bufferAfter":0,"status":"active","noticeMinutes":0}
                """
            );
        }
        for (var number = 1; number <= Performers * BookersPerPerformer; number++)
        {
            var user = $"booker-{number}";
            var profile = """{"prime":true,"ageVerified":true,"termsAccepted":true}""";
            var body = $$"""{"tokens":{{FirstTokens}},"reason":"Top-up","idempotency_key":"first {{user}}"}""";
            await AskAsync(client, "PUT", $"/api/v1/admin/users/{user}", Root, profile);
            await AskAsync(client, "POST", $"/api/v1/admin/balances/{user}/credit", Root, body);
            _bookers.Add(
                new Booker(
                    user,
                    Token(user, "user"),
                    $"performer-{(number % Performers) + 1}",
                    "tokens",
                    first,
                    new Random(chance.Next())
                )
            );
        }
    }

    /// <summary>Each confirmed call has its money and its time, and nobody has paid for anything else.</summary>
    public async Task CheckAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        var times = new HashSet<(string, string)>();
        foreach (var booker in Bookers)
        {
            await booker.RepeatAsync(endPoint);
            Assert.Empty(booker.Refused);
            foreach (var id in booker.Confirmed)
            {
                var booking = await AskAsync(client, "GET", $"/api/v1/bookings/{id}", booker.Token);
                Assert.Equal("confirmed", booking.GetProperty("status").GetString());
                Assert.True(
                    times.Add(
                        (booking.GetProperty("performerId").GetString()!, booking.GetProperty("start").GetString()!)
                    ),
                    $"{id} has a time that another one has"
                );
            }
            var balance = await Eventually.GetAsync(
                () => AskAsync(client, "GET", "/api/v1/balance", booker.Token),
                seen => seen.GetProperty("held").GetInt64() == Price * booker.Confirmed.Count
            );
            Assert.Equal(FirstTokens - (Price * booker.Confirmed.Count), balance.GetProperty("available").GetInt64());
        }
    }

    private static async Task<JsonElement> AskAsync(
        WireClient client,
        string method,
        string path,
        string token,
        string body = ""
    )
    {
        var answer = await client.SendAsync(method, path, token, body);
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {answer.Body}");
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.Clone();
    }
}
