using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>
/// Sends over HTTP. Every new connection looks the name up and goes to an address that was judged, so that a name which
/// turns to a private address later reaches nothing; redirects and proxies, which would lead around that, are not used.
/// </summary>
public sealed class HttpWebhookSender : IWebhookSender, IDisposable
{
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpMessageInvoker _http;

    public HttpWebhookSender(IOptions<WebhookOptions> options, TimeProvider time)
        : this(options.Value, time, static (host, cancellation) => Dns.GetHostAddressesAsync(host, cancellation)) { }

    internal HttpWebhookSender(
        WebhookOptions options,
        TimeProvider time,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve
    )
    {
        (_options, _time, _resolve) = (options, time, resolve);
        _http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                ConnectCallback = ConnectAsync,
                ConnectTimeout = options.Timeout,
                MaxConnectionsPerServer = DeliveryQueue.MaxUnderWay,
                MaxResponseHeadersLength = 16,
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            }
        );
    }

    public async Task<WebhookAnswer> SendAsync(WebhookRequest request)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        try
        {
            using var message = MessageOf(request);
            // The body is not read: the status says it all, and its length is the app's choice.
            using var response = await _http.SendAsync(message, timeout.Token);
            return new WebhookAnswer((int)response.StatusCode);
        }
        catch (OperationCanceledException)
        {
            return new WebhookAnswer(null, $"No answer within {_options.TimeoutSeconds:0.#} s.");
        }
        catch (HttpRequestException exception)
        {
            return new WebhookAnswer(null, Explain(exception));
        }
        catch (Exception exception) when (exception is UriFormatException or InvalidOperationException or IOException)
        {
            return new WebhookAnswer(null, "The request could not be made.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage MessageOf(WebhookRequest request)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var message = new HttpRequestMessage(HttpMethod.Post, request.Url) { Content = content };
        message.Headers.Add("User-Agent", "Actors-Webhooks/1");
        message.Headers.Add("webhook-id", request.EventId);
        message.Headers.Add("webhook-timestamp", request.Timestamp);
        message.Headers.Add("webhook-signature", request.Signature);
        return message;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var endpoint = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(endpoint.Host, out var literal)
            ? [literal]
            : await _resolve(endpoint.Host, cancellation);
        // One forbidden address condemns the name: an honest one has none.
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, IsAllowed))
        {
            throw new ForbiddenAddressException();
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endpoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) => WebhookAddress.IsAllowed(address, _options.AllowInsecure);

    /// <summary>Words of ours: messages of the platform could tell an admin's app about the network behind the walls.</summary>
    private static string Explain(HttpRequestException exception) =>
        exception switch
        {
            { InnerException: ForbiddenAddressException } => "The address is not a public one.",
            { HttpRequestError: HttpRequestError.NameResolutionError } => "The name could not be resolved.",
            { HttpRequestError: HttpRequestError.SecureConnectionError } => "The certificate was not accepted.",
            _ => "The connection failed.",
        };

    private sealed class ForbiddenAddressException : IOException;
}
