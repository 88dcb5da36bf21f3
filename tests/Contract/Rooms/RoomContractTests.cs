using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Rooms;
using Actors.TestKit;

namespace Actors.Contract.Tests.Rooms;

/// <summary>Webhooks as Daily and a room server sign them, and the page of a room of ours.</summary>
[Trait("Spec", "BO-6")]
public sealed class RoomContractTests : IAsyncLifetime
{
    private static readonly string DailySecret = Convert.ToBase64String(Encoding.UTF8.GetBytes("a secret of Daily's"));
    private static readonly byte[] ServerKey = Encoding.UTF8.GetBytes("the key of a room server");

    private DailyServer _daily = null!;
    private ApiServer _server = null!;
    private long _deliveries;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _daily = await DailyServer.StartAsync();
        _server = await ApiServer.Start([
            "--Rooms:Service=daily",
            $"--Rooms:DailyKey={DailyServer.Key}",
            $"--Rooms:DailyAddress={_daily.Address}",
            $"--RoomWebhooks:DailySecret={DailySecret}",
            $"--RoomWebhooks:ServerSecret=whsec_{Convert.ToBase64String(ServerKey)}",
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _daily.DisposeAsync();
    }

    [Fact]
    public async Task Two_people_meet_in_a_room_of_Dailys_a_second_device_replaces_the_first_and_the_room_goes()
    {
        var booking = await ArrangeAsync("meet");
        var room = Room(booking);
        var bo = _daily.Enter((await room.Join("bo")).Value!.Url);
        var mia = _daily.Enter((await room.Join("mia")).Value!.Url);
        Assert.NotNull(bo);
        Assert.NotNull(mia);

        var second = (await room.Join("bo")).Value!.Url;
        Assert.Equal([mia], _daily.SessionsIn($"{booking}-1"));
        Assert.NotNull(_daily.Enter(second));

        await room.Close(new Delivery("booking/meet", ++_deliveries), "completed");
        await Eventually.GetAsync(() => Task.FromResult(_daily.Rooms), static rooms => rooms.Count == 0);
        Assert.Equal(RoomRefusals.RoomClosed, (await room.Join("bo")).Refusal);
    }

    [Fact]
    [Trait("Spec", "BO-8")]
    public async Task A_webhook_of_Dailys_counts_once_however_often_it_comes()
    {
        var booking = await ArrangeAsync("once");
        var link = (await Room(booking).Join("bo")).Value!.Url;
        var session = _daily.Enter(link)!;
        var joined = Notice("participant.joined", booking, _daily.UserOf($"{booking}-1", session), session);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DailyAsync(joined)));
        var events = await _server
            .Service<Actors.Journal.IJournal>()
            .ReadBackwardAsync(Actors.Journal.StreamId.Parse($"room/{booking}"), long.MaxValue, 100);
        var attended = events.Count(static one =>
            Encoding.UTF8.GetString(one.Json.Span).Contains("room.attended", StringComparison.Ordinal)
        );
        Assert.Equal(1, attended);

        Assert.All(answers, static answer => Assert.Equal("""{"received":true}""", answer.ShouldBe(200).Text));
    }

    [Fact]
    public async Task What_is_not_signed_by_Daily_or_is_old_is_refused_and_a_ping_is_answered()
    {
        var body = Notice("participant.joined", BookingIds.Of("x", Key("x")), "user-1", "s1");
        (await DailyAsync(body, secret: Convert.ToBase64String("another"u8))).ShouldRefuse(403, "WEBHOOK_REFUSED");
        (await DailyAsync(body, Now.AddSeconds(-310))).ShouldRefuse(403, "WEBHOOK_REFUSED");
        (await DailyAsync(body, Now.AddSeconds(310))).ShouldRefuse(403, "WEBHOOK_REFUSED");
        (await DailyAsync(body, sent: body + " ")).ShouldRefuse(403, "WEBHOOK_REFUSED");
        (await _server.AsNobody().Post("/webhooks/daily", body)).ShouldRefuse(403, "WEBHOOK_REFUSED");
        (await _server.AsNobody().Post("/webhooks/daily", """{"test":"test"}""")).ShouldBe(200);
        (await _server.AsNobody().Post("/webhooks/daily", "")).ShouldRefuse(403, "WEBHOOK_REFUSED");

        (await DailyAsync("""{"type":"recording.started","payload":{}}""")).ShouldBe(200);
        (
            await DailyAsync(
                """{"type":"participant.joined","payload":{"room":"other","user_id":"a","session_id":"b","joined_at":1}}"""
            )
        ).ShouldBe(200);
        (await DailyAsync("""{"type":"participant.joined","payload":{"joined_at":1e300}}""")).ShouldBe(200);
        (await DailyAsync("nonsense")).ShouldRefuse(400, "INVALID_REQUEST");
        (await DailyAsync(new string(' ', 100_000))).ShouldRefuse(413, "BODY_TOO_LARGE");
    }

    [Fact]
    public async Task A_room_servers_webhook_is_signed_as_Standard_Webhooks_has_it()
    {
        var booking = BookingIds.Of("x", Key("server"));
        var body =
            $$$"""{"type":"participant.joined","timestamp":"{{{Now:O}}}","data":{"bookingId":"{{{booking}}}","guest":"user-1","sessionId":"s1"}}""";
        (await ServerAsync(body, ServerKey)).ShouldBe(200);
        (await ServerAsync(body, "another key"u8.ToArray())).ShouldRefuse(403, "WEBHOOK_REFUSED");
        (await ServerAsync("[]", ServerKey)).ShouldRefuse(400, "INVALID_REQUEST");
        (await _server.AsNobody().Post("/webhooks/rooms", body)).ShouldRefuse(403, "WEBHOOK_REFUSED");
    }

    [Fact]
    public async Task While_Daily_is_away_the_call_takes_place_on_a_page_of_ours_without_a_script()
    {
        _daily.Trouble = static http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var booking = await ArrangeAsync("page");
        var room = Room(booking);
        var path = (await room.Join("bo")).Value!.Url;
        Assert.StartsWith($"/rooms/{booking}.user-", path, StringComparison.Ordinal);

        var (status, page, policy) = await PageAsync(HttpMethod.Get, path);
        Assert.Equal(200, status);
        Assert.Contains("A private call with Mia &lt;3.", page, StringComparison.Ordinal);
        Assert.Contains($"action=\"{path}/join\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);

        Assert.Contains(
            $"{path}/leave",
            (await PageAsync(HttpMethod.Post, path + "/join")).Page,
            StringComparison.Ordinal
        );
        Assert.Contains($"{path}/leave", (await PageAsync(HttpMethod.Get, path)).Page, StringComparison.Ordinal);
        Assert.Contains(
            $"{path}/join",
            (await PageAsync(HttpMethod.Post, path + "/leave")).Page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Una llamada privada con",
            (await PageAsync(HttpMethod.Get, path, "es-CO,es;q=0.9")).Page,
            StringComparison.Ordinal
        );

        var newer = (await room.Join("bo")).Value!.Url;
        Assert.Equal(410, (await PageAsync(HttpMethod.Post, path + "/join")).Status);
        Assert.Equal(404, (await PageAsync(HttpMethod.Get, newer[..^2] + "AA")).Status);
        Assert.Equal(404, (await PageAsync(HttpMethod.Get, "/rooms/nonsense")).Status);
        Assert.Equal(404, (await PageAsync(HttpMethod.Get, "/rooms/" + new string('a', 2_000))).Status);
        await room.Close(new Delivery("booking/page", ++_deliveries), "completed");
        Assert.Equal(409, (await PageAsync(HttpMethod.Get, newer)).Status);
        Assert.Equal(409, (await PageAsync(HttpMethod.Post, newer + "/join")).Status);
    }

    private async Task<string> ArrangeAsync(string name)
    {
        var booking = BookingIds.Of("bo", Key(name));
        var start = Now.AddMinutes(5);
        await Room(booking)
            .Arrange(
                new Delivery($"booking/{name}", ++_deliveries),
                new ArrangeRoom(
                    booking,
                    "bo",
                    "mia",
                    start,
                    start.AddMinutes(30),
                    start.AddMinutes(35),
                    WithVideo: true,
                    "Mia <3"
                )
            );
        return booking;
    }

    private IRoomGrain Room(string booking) => _server.Service<IGrainFactory>().GetGrain<IRoomGrain>(booking);

    private static IdempotencyKey Key(string text)
    {
        Assert.True(IdempotencyKey.TryParse(text + "-key-of-a-test", out var key));
        return key;
    }

    private static string Notice(string type, string booking, string guest, string session)
    {
        var at = Now.ToUnixTimeMilliseconds() / 1_000.0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"version":"1.0.0","type":"{{type}}","id":"ptcpt-{{session}}","payload":{"room":"{{booking}}-1","user_id":"{{guest}}","session_id":"{{session}}","joined_at":{{at}},"duration":3.5,"owner":false},"event_ts":{{at}}}"""
        );
    }

    private Task<Answer> DailyAsync(string body, DateTimeOffset? at = null, string? secret = null, string? sent = null)
    {
        var (timestamp, signature) = DailyServer.Sign(secret ?? DailySecret, at ?? Now, body);
        return _server
            .AsNobody()
            .Send(
                HttpMethod.Post,
                "/webhooks/daily",
                sent ?? body,
                change: request =>
                {
                    request.Headers.Add("X-Webhook-Timestamp", timestamp);
                    request.Headers.Add("X-Webhook-Signature", signature);
                }
            );
    }

    private Task<Answer> ServerAsync(string body, byte[] key)
    {
        var timestamp = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"msg_1.{timestamp}.{body}");
        var signature = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
        return _server
            .AsNobody()
            .Send(
                HttpMethod.Post,
                "/webhooks/rooms",
                body,
                change: request =>
                {
                    request.Headers.Add("webhook-id", "msg_1");
                    request.Headers.Add("webhook-timestamp", timestamp);
                    request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,AAAA {signature}");
                }
            );
    }

    private async Task<(int Status, string Page, string Policy)> PageAsync(
        HttpMethod method,
        string path,
        string language = "en"
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Accept-Language", language);
        using var answer = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (
            (int)answer.StatusCode,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            answer.Headers.TryGetValues("Content-Security-Policy", out var policy) ? string.Join(';', policy) : ""
        );
    }
}
