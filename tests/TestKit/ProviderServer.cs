using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.TestKit;

/// <summary>
/// Stands in for a payment provider's server, on a real socket, in the provider's own wire format: sessions and refunds by
/// idempotency key, statuses, and signed events for whoever posts them.
/// </summary>
public abstract class ProviderServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _requests = new();

    protected ProviderServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Method and path of everything that was asked.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>What is done instead of answering; null for a server in good order.</summary>
    public Func<HttpContext, Task>? Trouble { get; set; }

    /// <summary>Done, but the answer is lost on its way: the connection ends.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>The payments that sessions were opened for, in order.</summary>
    public ConcurrentDictionary<string, ProviderPayment> Payments { get; } = new();

    public async Task StartAsync()
    {
        Map();
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.Single());
    }

    /// <summary>The event of a payment, as the provider posts it: body, and what its signature's header holds.</summary>
    public abstract (string Body, string Signature) EventOf(
        string paymentId,
        string kind,
        DateTimeOffset at,
        string eventId,
        long? amount = null,
        string? currency = null
    );

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract void Map();

    protected void On(string method, string path, Func<HttpContext, Task<(int Status, JsonNode Body)>> answer) =>
        _app.MapMethods(path, [method], http => ServeAsync(http, answer));

    private async Task ServeAsync(HttpContext http, Func<HttpContext, Task<(int Status, JsonNode Body)>> answer)
    {
        _requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
        if (Trouble is { } trouble)
        {
            await trouble(http);
            return;
        }
        var (status, body) = await answer(http);
        if (LosesAnswers)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString());
    }
}

/// <summary>One session, as the provider knows it.</summary>
public sealed class ProviderPayment(string sessionId, string paymentId, long amount, string currency)
{
    public string SessionId { get; } = sessionId;

    public string PaymentId { get; } = paymentId;

    public long Amount { get; set; } = amount;

    public string Currency { get; set; } = currency;

    /// <summary>open, paid, declined or expired.</summary>
    public string Status { get; set; } = "open";

    /// <summary>The amounts given back, by key.</summary>
    public ConcurrentDictionary<string, long> Refunds { get; } = new();
}
