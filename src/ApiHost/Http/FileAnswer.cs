using System.Buffers;
using System.Globalization;
using Actors.ApiHost.Errors;
using Microsoft.Net.Http.Headers;

namespace Actors.ApiHost.Http;

/// <summary>
/// A file of somebody's as an answer: the whole of it, or the one range that was asked for. Browsers are told to save and not to
/// show it, and to believe in no other type than the one it has.
/// </summary>
internal sealed record FileAnswer(string MediaType, long Length, string Name, string Tag)
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Should a browser be made to show it all the same, it runs nothing and loads nothing.</summary>
    private const string ContentSecurity = "default-src 'none'; sandbox; frame-ancestors 'none'";

    /// <summary>Everything but the bytes.</summary>
    public void WriteHead(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentType = MediaType;
        headers.ContentDisposition = $"attachment; filename=\"{Name}\"";
        headers.ContentSecurityPolicy = ContentSecurity;
        headers.CacheControl = "private, no-store";
        headers.AcceptRanges = "bytes";
        headers.ETag = EntityTag;
        headers.ContentLength = Length;
    }

    /// <summary>The bytes from where they are wanted; the file is one that can be sought in.</summary>
    public async Task WriteAsync(HttpContext http, Stream file)
    {
        WriteHead(http);
        var (from, count) = (0L, Length);
        if (RangeOf(http.Request) is { } range)
        {
            if (Within(range) is not var (first, length))
            {
                http.Response.Headers.ContentRange = $"bytes */{Text(Length)}";
                Problem.Write(http, HttpRefusals.RangeNotSatisfiable);
                return;
            }
            (from, count) = (first, length);
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = $"bytes {Text(from)}-{Text(from + count - 1)}/{Text(Length)}";
            http.Response.ContentLength = count;
        }
        file.Seek(from, SeekOrigin.Begin);
        await CopyAsync(http, file, count);
    }

    private string EntityTag => $"\"{Tag}\"";

    /// <summary>The range that is to be answered; null for everything: also where several are asked for, or of another file.</summary>
    private RangeItemHeaderValue? RangeOf(HttpRequest request)
    {
        if (request.Headers.Range is not [{ } text] || !RangeHeaderValue.TryParse(text, out var range))
        {
            return null;
        }
        var isOfThis = request.Headers.IfRange is not [{ } tag] || tag == EntityTag;
        return isOfThis && range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase) && range.Ranges.Count == 1
            ? range.Ranges.First()
            : null;
    }

    private (long From, long Count)? Within(RangeItemHeaderValue range)
    {
        if (range.From is { } from)
        {
            var last = Math.Min(range.To ?? long.MaxValue, Length - 1);
            return from <= last ? (from, last - from + 1) : null;
        }
        var count = Math.Min(range.To!.Value, Length);
        return count > 0 ? (Length - count, count) : null;
    }

    private static async Task CopyAsync(HttpContext http, Stream file, long count)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (count > 0)
            {
                var wanted = buffer.AsMemory(0, (int)Math.Min(buffer.Length, count));
                var read = await file.ReadAsync(wanted, http.RequestAborted);
                if (read == 0)
                {
                    throw new EndOfStreamException("A file is shorter than it was when it was stored.");
                }
                await http.Response.Body.WriteAsync(wanted[..read], http.RequestAborted);
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
