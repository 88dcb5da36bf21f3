using System.Buffers;
using System.Text;

namespace Actors.ApiHost.Live;

/// <summary>Server-sent events.</summary>
internal sealed class EventStreamClient(HttpResponse response) : ILiveClient
{
    private const int ReconnectAfterMilliseconds = 2_000;

    public async Task BeginAsync(CancellationToken stop)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // Proxies of the nginx kind would keep events back until they have enough of them.
        response.Headers["X-Accel-Buffering"] = "no";
        response.BodyWriter.Write(Encoding.ASCII.GetBytes($"retry: {ReconnectAfterMilliseconds}\n\n"));
        await FlushAsync(stop);
    }

    public async Task SendAsync(string? id, LiveChange change, CancellationToken stop)
    {
        var output = response.BodyWriter;
        // Without an id the client's last one stays what it was.
        var head = id is null ? "" : $"id: {id}\n";
        output.Write(Encoding.ASCII.GetBytes($"{head}event: {change.Type}\ndata: "));
        // JSON in one line: line breaks inside of it are escaped.
        LiveMessages.Write(output, id, change);
        output.Write("\n\n"u8);
        await FlushAsync(stop);
    }

    public Task BeatAsync(CancellationToken stop)
    {
        response.BodyWriter.Write(":\n\n"u8);
        return FlushAsync(stop);
    }

    /// <summary>Waits while the client is behind.</summary>
    private async Task FlushAsync(CancellationToken stop)
    {
        var flushed = await response.BodyWriter.FlushAsync(stop);
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            throw new OperationCanceledException();
        }
    }
}
