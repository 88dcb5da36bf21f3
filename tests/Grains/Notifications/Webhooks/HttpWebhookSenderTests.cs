using System.Net;
using System.Net.Sockets;
using Actors.Grains.Notifications.Webhooks;
using Actors.TestKit;
using StandardWebhooks.Diagnostics;

namespace Actors.Grains.Tests.Notifications.Webhooks;

[Trait("Spec", "NO-2")]
public sealed class HttpWebhookSenderTests : IAsyncLifetime
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string Another = "whsec_YW5vdGhlci1zZWNyZXQtb2YtbWluZS0wMTIzNDU2Nzg=";
    private const string Body = """{"eventType":"mood_changed","text":"ñ😊"}""";

    private HookServer _app = null!;

    public async ValueTask InitializeAsync() => _app = await HookServer.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_request_carries_id_timestamp_and_a_signature_that_the_app_can_verify()
    {
        using var sender = Sender();

        var answer = await sender.SendAsync(Request(_app.Url));

        Assert.True(answer.IsTaken);
        var request = Assert.Single(_app.Requests);
        Assert.Equal(("POST", "/hook", Body), (request.Method, request.Path, request.Body));
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("mood-ana-1", request.EventId);
        request.Verify(Secret);
        Assert.Throws<WebhookVerificationException>(() => request.Verify(Another));
        Assert.Throws<WebhookVerificationException>(() => (request with { Body = request.Body + " " }).Verify(Secret));
        Assert.Throws<WebhookVerificationException>(() => With(request, "webhook-id", "mood-ana-2").Verify(Secret));
    }

    [Theory]
    [InlineData(200, true, false)]
    [InlineData(299, true, false)]
    [InlineData(400, false, false)]
    [InlineData(410, false, true)]
    [InlineData(503, false, false)]
    public async Task Only_2xx_means_taken_and_410_means_gone(int status, bool taken, bool gone)
    {
        using var sender = Sender();
        _app.Answer = (_, http) => HookServer.Status(http, status);

        var answer = await sender.SendAsync(Request(_app.Url));

        Assert.Equal((status, taken, gone), (answer.StatusCode, answer.IsTaken, answer.IsGone));
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        using var sender = Sender();
        _app.Answer = (request, http) =>
        {
            http.Response.Headers.Location = "/elsewhere";
            return HookServer.Status(http, request.Path == "/hook" ? 307 : 204);
        };

        var answer = await sender.SendAsync(Request(_app.Url));

        Assert.Equal((307, false), (answer.StatusCode, answer.IsTaken));
        Assert.Single(_app.Requests);
    }

    [Fact]
    public async Task An_app_that_does_not_answer_in_time_is_given_up()
    {
        using var sender = Sender(timeoutSeconds: 0.2);
        var held = new TaskCompletionSource();
        _app.Answer = (_, http) => held.Task.WaitAsync(http.RequestAborted);

        var answer = await sender.SendAsync(Request(_app.Url));

        Assert.Equal(new WebhookAnswer(null, "No answer within 0.2 s."), answer);
        held.SetResult();
    }

    [Fact]
    public async Task A_body_without_an_end_is_not_waited_for()
    {
        using var sender = Sender(timeoutSeconds: 5);
        _app.Answer = static async (_, http) =>
        {
            var chunk = new byte[64 * 1024];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
            }
        };

        Assert.True((await sender.SendAsync(Request(_app.Url))).IsTaken);
    }

    [Fact]
    public async Task A_refused_connection_and_an_unknown_name_are_failures_in_words_of_ours()
    {
        using var sender = Sender();
        using var unknown = Sender(resolve: static _ => throw new SocketException((int)SocketError.HostNotFound));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal(
            new WebhookAnswer(null, "The connection failed."),
            await sender.SendAsync(Request(new Uri($"http://127.0.0.1:{port}/")))
        );
        Assert.Equal(
            new WebhookAnswer(null, "The name could not be resolved."),
            await unknown.SendAsync(Request(new Uri("http://nowhere.example/")))
        );
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("localhost")]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("[fd00:ec2::254]")]
    public async Task Nothing_private_is_ever_connected_to(string host)
    {
        using var sender = Sender(allowInsecure: false);

        var answer = await sender.SendAsync(Request(new Uri($"https://{host}:{_app.Url.Port}/hook")));
        var plain = await sender.SendAsync(Request(new Uri($"http://{host}:{_app.Url.Port}/hook")));

        Assert.Equal(new WebhookAnswer(null, "The address is not a public one."), answer);
        Assert.Equal(answer, plain);
        Assert.Empty(_app.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("8.8.8.8", "127.0.0.1")]
    public async Task A_public_name_that_turns_to_a_private_address_is_not_connected_to(params string[] addresses)
    {
        using var sender = Sender(
            allowInsecure: false,
            resolve: _ => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse))
        );

        var answer = await sender.SendAsync(Request(new Uri($"http://hooks.example:{_app.Url.Port}/hook")));

        Assert.Equal(new WebhookAnswer(null, "The address is not a public one."), answer);
        Assert.Empty(_app.Requests);
    }

    [Fact]
    public async Task A_name_is_looked_up_by_the_sender_and_connected_to_by_address()
    {
        using var sender = Sender(resolve: static _ => Task.FromResult(new[] { IPAddress.Loopback }));

        var answer = await sender.SendAsync(Request(new Uri($"http://hooks.example:{_app.Url.Port}/hook")));

        Assert.True(answer.IsTaken);
        Assert.StartsWith("hooks.example", Assert.Single(_app.Requests).Headers["Host"], StringComparison.Ordinal);
    }

    private static HttpWebhookSender Sender(
        bool allowInsecure = true,
        double timeoutSeconds = 5,
        Func<string, Task<IPAddress[]>>? resolve = null
    ) =>
        new(
            new WebhookOptions { AllowInsecure = allowInsecure, TimeoutSeconds = timeoutSeconds },
            TimeProvider.System,
            (host, cancellation) => resolve?.Invoke(host) ?? Dns.GetHostAddressesAsync(host, cancellation)
        );

    private static HookRequest With(HookRequest request, string header, string value) =>
        request with
        {
            Headers = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase)
            {
                [header] = value,
            },
        };

    private static WebhookRequest Request(Uri url)
    {
        var timestamp = WebhookSignature.Timestamp(TimeProvider.System.GetUtcNow());
        var signature = WebhookSignature.Compute(Secret, "mood-ana-1", timestamp, Body);
        return new(url.AbsoluteUri, "mood-ana-1", timestamp, signature, Body);
    }
}
