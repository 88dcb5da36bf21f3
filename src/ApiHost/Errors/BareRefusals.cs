using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace Actors.ApiHost.Errors;

/// <summary>
/// What is no HTTP the server refuses before the application hears of it, with a status and nothing else. Callers get the
/// same problem+json for these as for all others; and an unknown version of HTTP is theirs to mend, so it is a 400 and not
/// the 505 that would look like a failure of ours.
/// </summary>
/// <remarks>
/// There is no hook for it, so the answer is recognised on its way out. That costs other answers one comparison of ten
/// bytes. With TLS the bytes are sealed before they pass here, and these few answers stay bare.
/// </remarks>
internal static class BareRefusals
{
    private static readonly byte[] NotHttp = Answer(HttpRefusals.InvalidRequest("This is not well-formed HTTP."));

    private static readonly Dictionary<int, byte[]> Explained = new[]
    {
        (408, HttpRefusals.RequestTooSlow),
        (413, HttpRefusals.BodyTooLarge),
        (414, HttpRefusals.AddressTooLong),
        (431, HttpRefusals.HeadersTooLarge),
        (505, HttpRefusals.InvalidRequest("This version of HTTP is not spoken here; 1.1 is.")),
    }.ToDictionary(static one => one.Item1, static one => Answer(one.Item2));

    public static void ExplainBareRefusals(this KestrelServerOptions kestrel) =>
        kestrel.ConfigureEndpointDefaults(static endpoint =>
            endpoint.Use(static next =>
                connection =>
                {
                    connection.Transport = new Transport(connection.Transport);
                    return next(connection);
                }
            )
        );

    /// <summary>The whole answer in place of a bare refusal; null for everything else.</summary>
    internal static byte[]? Explain(ReadOnlySpan<byte> answer)
    {
        var mayBeRefusal = answer.StartsWith("HTTP/1.1 4"u8) || answer.StartsWith("HTTP/1.1 505"u8);
        if (!mayBeRefusal || !answer.EndsWith("\r\n\r\n"u8))
        {
            return null;
        }
        var isBare =
            answer.IndexOf("\r\nContent-Length: 0\r\n"u8) > 0
            && answer.IndexOf("\r\nConnection: close\r\n"u8) > 0
            && answer.IndexOf("\r\nContent-Type: "u8) < 0;
        var status = ((answer[9] - '0') * 100) + ((answer[10] - '0') * 10) + (answer[11] - '0');
        return isBare ? Explained.GetValueOrDefault(status, NotHttp) : null;
    }

    private static byte[] Answer(Refusal refusal)
    {
        var status = RefusalStatus.Of(refusal.Code);
        var title = ReasonPhrases.GetReasonPhrase(status);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, Problem.TypePath + refusal.Code);
            json.WriteString("title"u8, title);
            json.WriteNumber("status"u8, status);
            json.WriteString("detail"u8, refusal.Message);
            json.WriteString("error"u8, refusal.Code);
            json.WriteString("message"u8, refusal.Message);
            json.WriteEndObject();
        }
        var head =
            $"HTTP/1.1 {status} {title}\r\nContent-Type: {Problem.ContentType}\r\nCache-Control: no-store\r\n"
            + $"Content-Length: {buffer.WrittenCount}\r\nConnection: close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. buffer.WrittenSpan];
    }

    private sealed class Transport(IDuplexPipe inner) : IDuplexPipe
    {
        public PipeReader Input => inner.Input;

        public PipeWriter Output { get; } = new Writer(inner.Output);
    }

    private sealed class Writer(PipeWriter inner) : PipeWriter
    {
        // A refusal must not be split over the end of one block and the begin of the next.
        private const int RoomForRefusal = 512;

        private Memory<byte> _memory;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) =>
            _memory = inner.GetMemory(Math.Max(sizeHint, RoomForRefusal));

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            if (Explain(_memory.Span[..bytes]) is not { } answer)
            {
                inner.Advance(bytes);
                return;
            }
            var fitting = Math.Min(answer.Length, _memory.Length);
            answer.AsSpan(0, fitting).CopyTo(_memory.Span);
            inner.Advance(fitting);
            inner.Write(answer.AsSpan(fitting));
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            inner.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(
            ReadOnlyMemory<byte> source,
            CancellationToken cancellationToken = default
        ) => inner.WriteAsync(source, cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }
}
