using System.Net.WebSockets;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Limits;
using Actors.ApiHost.Live.Streams;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.ApiHost.Live;

internal sealed class LiveEndpoints(
    LiveSessions sessions,
    IGrainFactory grains,
    RequestLimiter limiter,
    TimeProvider time
) : IEndpoints
{
    private const string Envelope = "Each event is { id, type, at, data }; resume from any id without a gap.";

    // Dead peers are found by pings that nobody answers.
    private static readonly WebSocketOptions Sockets = new()
    {
        KeepAliveInterval = LiveFeed.BeatEvery,
        KeepAliveTimeout = LiveFeed.BeatEvery * 2,
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        var live = routes.MapGroup("/api/v1").WithTags("Live").Switchable(Features.Live);
        live.MapMethods("/events", ["GET"], ServeEventsAsync)
            .WithMetadata(((Delegate)ServeEventsAsync).Method)
            .WithSummary($"What happens to the caller, as it happens, as server-sent events. {Envelope}")
            .WithQuery("lastEventId", "The id to resume from; the header Last-Event-ID goes before it.", typeof(string))
            .WithMetadata(new AnswerStream("200", "A stream that stays open.", "text/event-stream"))
            .Refuses(LiveRefusals.InvalidEventIdCode, LiveRefusals.TooManyConnectionsCode, HttpRefusals.BusyCode);
        live.MapMethods("/models/{modelId}/feed/events", ["GET"], ServeModelFeedAsync)
            .WithMetadata(((Delegate)ServeModelFeedAsync).Method)
            .WithSummary($"What a model says to everybody, as it goes out, as server-sent events. {Envelope}")
            .WithQuery("lastEventId", "The id to resume from; the header Last-Event-ID goes before it.", typeof(string))
            .WithMetadata(new AnswerStream("200", "A stream that stays open.", "text/event-stream"))
            .Refuses(
                IdentityRefusals.ModelNotFoundCode,
                LiveRefusals.InvalidEventIdCode,
                LiveRefusals.TooManyConnectionsCode,
                HttpRefusals.BusyCode
            );
        // The middleware only here: elsewhere it would cost every request something.
        var pipeline = routes.CreateApplicationBuilder();
        pipeline.UseWebSockets(Sockets);
        pipeline.Run(ServeSocketAsync);
        var socket = pipeline.Build();
        // Over HTTP/2 a WebSocket comes by CONNECT.
        live.MapMethods("/ws", ["CONNECT"], socket).WithMetadata(TokenInSubprotocol.It).ExcludeFromDescription();
        live.MapMethods("/ws", ["GET"], socket)
            .WithMetadata(((Delegate)ServeSocketAsync).Method)
            .WithSummary(
                $"The same over WebSocket, with the token also as subprotocol: bearer, token. {Envelope} "
                    + """Takes {"type":"read","ids":[…]} and {"type":"read","all":true}."""
            )
            .WithQuery("lastEventId", "The id to resume from.", typeof(string))
            .WithMetadata(TokenInSubprotocol.It, new AnswerStream("101", "A WebSocket.", null))
            .Refuses(
                LiveRefusals.InvalidEventIdCode,
                LiveRefusals.TooManyConnectionsCode,
                LiveRefusals.WebSocketRequiredCode,
                HttpRefusals.BusyCode
            );
    }

    private async Task ServeEventsAsync(HttpContext http) =>
        await StreamAsync(http, await sessions.OpenAsync(new Call(http).Caller, LastEventId(http.Request), "sse"));

    private async Task ServeModelFeedAsync(HttpContext http)
    {
        var call = new Call(http);
        var found = call.Model() is { Refusal: null, Value: var id }
            ? await grains.GetGrain<IModelProfileGrain>(id.Value).Get()
            : IdentityRefusals.ModelNotFound;
        if (found.Refusal is { } refusal)
        {
            Problem.Write(http, refusal);
            return;
        }
        var followed = ModelFeedSource.Of(grains, found.Value!.ModelId);
        await StreamAsync(http, await sessions.OpenAsync(call.Caller, followed, LastEventId(http.Request), "sse"));
    }

    private async Task StreamAsync(HttpContext http, Outcome<LiveSession> opened)
    {
        if (opened.Refusal is { } refusal)
        {
            Problem.Write(http, refusal);
            return;
        }
        using var session = opened.Value!;
        LeaveLatencyAlone(http);
        var client = new EventStreamClient(http.Response);
        await client.BeginAsync(http.RequestAborted);
        if (await session.RunAsync(client, http.RequestAborted) is { } end)
        {
            using var goodbye = new CancellationTokenSource(WebSocketClient.GoodbyeAtMost, time);
            await TryAsync(client.SendAsync(session.Id, LiveMessages.End(end, time.GetUtcNow()), goodbye.Token));
        }
    }

    private async Task ServeSocketAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            Problem.Write(http, LiveRefusals.WebSocketRequired);
            return;
        }
        var caller = new Call(http).Caller;
        var opened = await sessions.OpenAsync(caller, LastEventId(http.Request), "websocket");
        if (opened.Refusal is { } refusal)
        {
            Problem.Write(http, refusal);
            return;
        }
        using var session = opened.Value!;
        LeaveLatencyAlone(http);
        // The token is not said back: of the two subprotocols the first one is chosen.
        var offered = http.WebSockets.WebSocketRequestedProtocols;
        using var socket = await http.WebSockets.AcceptWebSocketAsync(
            offered.Contains(TokenInSubprotocol.Subprotocol) ? TokenInSubprotocol.Subprotocol : null
        );
        using var client = new WebSocketClient(socket, time);
        await RunAsync(session, client, new LiveCommands(caller, grains, limiter, time), http.RequestAborted);
    }

    /// <summary>The feed and the client's commands side by side; each ends the other.</summary>
    private async Task RunAsync(
        LiveSession session,
        WebSocketClient client,
        LiveCommands commands,
        CancellationToken aborted
    )
    {
        // Cancelling a receive breaks the socket, so that is left to the very end.
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        using var silent = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var listening = TryAsync(commands.ListenAsync(client, session, broken.Token));
        _ = listening.ContinueWith(
            static (_, state) => Cancel((CancellationTokenSource)state!),
            silent,
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
        try
        {
            var end = await session.RunAsync(client, silent.Token);
            using var goodbye = new CancellationTokenSource(WebSocketClient.GoodbyeAtMost, time);
            if (end is { } reason)
            {
                await TryAsync(client.EndAsync(session.Id, reason, goodbye.Token));
            }
            await TryAsync(listening.WaitAsync(goodbye.Token));
        }
        catch (WebSocketException)
        {
            // The client is gone without a goodbye.
        }
        finally
        {
            await broken.CancelAsync();
            await listening;
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The feed has ended first.
        }
    }

    /// <summary>A client that is gone, or will not hear a goodbye, is no fault.</summary>
    private static async Task TryAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or IOException)
        {
            // Nobody is there to be told.
        }
    }

    /// <summary>The header goes first: a browser that reconnects repeats the address as it was.</summary>
    private static string? LastEventId(HttpRequest request) =>
        request.Headers["Last-Event-ID"] is { Count: > 0 } header ? header.ToString()
        : request.Query["lastEventId"] is { Count: > 0 } query ? query.ToString()
        : null;

    /// <summary>A stream lasts for hours because it should: counted as a request it would look like a slow one.</summary>
    private static void LeaveLatencyAlone(HttpContext http)
    {
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
        {
            metrics.MetricsDisabled = true;
        }
    }
}
