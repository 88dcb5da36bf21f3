using Actors.ApiHost.Errors;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.ApiHost.Http;

/// <summary>Reads a request body that is a file into memory, as far as it may be large and slow.</summary>
internal static class FileBody
{
    private static readonly TimeSpan ReadAtMost = TimeSpan.FromMinutes(2);

    private const int FirstBytes = 64 * 1024;

    private static readonly object WasRead = new();

    /// <summary>
    /// First of all: whatever is answered, also before the body was read, the caller gets to read it. What comes of the body after a
    /// refusal is passed over for a while, and callers are told that the connection ends with it.
    /// </summary>
    public static void Expect(HttpContext http)
    {
        // How much is taken is counted here.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        http.Response.OnStarting(
            static state =>
            {
                var http = (HttpContext)state;
                if (HttpProtocol.IsHttp11(http.Request.Protocol) && !http.Items.ContainsKey(WasRead))
                {
                    http.Response.Headers.Connection = "close";
                }
                return Task.CompletedTask;
            },
            http
        );
    }

    /// <param name="http">Nothing of the body may have been read.</param>
    /// <param name="most">Bytes; more is refused, and not read.</param>
    /// <param name="tooLarge">What it is refused with.</param>
    /// <param name="time">Whoever sends for too long is refused.</param>
    public static async Task<Outcome<ReadOnlyMemory<byte>>> ReadAsync(
        HttpContext http,
        long most,
        Refusal tooLarge,
        TimeProvider time
    )
    {
        if (http.Request.ContentLength > most)
        {
            return tooLarge;
        }
        using var limit = new CancellationTokenSource(ReadAtMost, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, limit.Token);
        try
        {
            if (await ReadAsync(http.Request, most, patience.Token) is not { } file)
            {
                return tooLarge;
            }
            http.Items[WasRead] = true;
            return file;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return HttpRefusals.RequestTimeout;
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpRequest request,
        long most,
        CancellationToken patience
    )
    {
        var bytes = new byte[request.ContentLength ?? Math.Min(FirstBytes, most)];
        for (var count = 0; ; )
        {
            if (count == bytes.Length)
            {
                // Also at the end that was announced: reading on is what finds it.
                Array.Resize(ref bytes, (int)Math.Min(Math.Max(bytes.Length * 2L, FirstBytes), most + 1));
            }
            var read = await request.Body.ReadAsync(bytes.AsMemory(count), patience);
            count += read;
            if (count > most)
            {
                return null;
            }
            if (read == 0)
            {
                return bytes.AsMemory(0, count);
            }
        }
    }
}
