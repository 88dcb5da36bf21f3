using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StandardWebhooks;

namespace Actors.TestKit;

/// <summary>An app that takes webhooks, on a real socket: remembers every request and answers as it is told.</summary>
public sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<HookRequest> _requests = new();

    private HookServer(WebApplication app) => _app = app;

    /// <summary>What the server does with a request; 204 unless set.</summary>
    public Func<HookRequest, HttpContext, Task> Answer { get; set; } = static (_, http) => Status(http, 204);

    public IReadOnlyList<HookRequest> Requests => [.. _requests];

    public Uri Address { get; private set; } = null!;

    public Uri Url => new(Address, "/hook");

    public static async Task<HookServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options =>
            options.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1)
        );
        var server = new HookServer(builder.Build());
        server._app.Run(server.TakeAsync);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.Single());
        return server;
    }

    public static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers.ToDictionary(
            static header => header.Key,
            static header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        var request = new HookRequest(http.Request.Method, http.Request.Path, headers, await reader.ReadToEndAsync());
        _requests.Enqueue(request);
        await Answer(request, http);
    }
}

public sealed record HookRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string EventId => Headers["webhook-id"];

    /// <summary>Checks the request as an app does that uses a library of Standard Webhooks, in no code of ours.</summary>
    public void Verify(string secret)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in Headers)
        {
            headers[name] = value;
        }
        new StandardWebhook(secret, WebhookConfigurationOptions.StandardWebhooks).Verify(Body, headers);
    }
}
