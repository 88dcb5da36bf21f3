using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Tests.MoodMessages.Detection;

/// <summary>Stands in for a service that hears moods, on a real socket.</summary>
internal sealed class MoodServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Body, string? Key)> _requests = new();

    private MoodServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<(string Body, string? Key)> Requests => [.. _requests];

    /// <summary>What is done with a request; the number says which it is, from 1.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } =
        static (http, _) => http.Response.WriteAsync("""{"mood":"happy","confidence":77}""");

    public static async Task<MoodServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        var server = new MoodServer(builder.Build());
        server._app.MapPost("/hear", server.TakeAsync);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(new Uri(addresses.Addresses.Single()), "/hear");
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        _requests.Enqueue((await reader.ReadToEndAsync(), http.Request.Headers["X-Api-Key"]));
        await Answer(http, _requests.Count);
    }
}
