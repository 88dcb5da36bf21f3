using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Contract.Tests.Pets;

/// <summary>Stands in for a service that speaks as OpenAI's does, on a real socket.</summary>
internal sealed class LanguageServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(JsonElement Body, string? Authorization)> _requests = new();

    private LanguageServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<(JsonElement Body, string? Authorization)> Requests => [.. _requests];

    /// <summary>What is done with a request.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = static http => SayAsync(http, "woof from afar");

    public static async Task<LanguageServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        var server = new LanguageServer(builder.Build());
        server._app.MapPost("/v1/chat/completions", server.TakeAsync);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(new Uri(addresses.Addresses.Single()), "/v1");
        return server;
    }

    public static Task SayAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "application/json";
        var content = JsonSerializer.Serialize(text);
        return http.Response.WriteAsync(
            """{"id":"c1","object":"chat.completion","created":1700000000,"model":"small","choices":[{"index":0,"""
                + $"\"finish_reason\":\"stop\",\"message\":{{\"role\":\"assistant\",\"content\":{content}}}}}],"
                + """ "usage":{"prompt_tokens":90,"completion_tokens":10,"total_tokens":100}}"""
        );
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        _requests.Enqueue((body.RootElement.Clone(), http.Request.Headers.Authorization));
        await Answer(http);
    }
}
