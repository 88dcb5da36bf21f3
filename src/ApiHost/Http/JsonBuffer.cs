using System.Buffers;
using System.Text.Json;

namespace Actors.ApiHost.Http;

/// <summary>
/// Serializes an answer into memory that the thread keeps, so that its length is known before the first byte is sent and
/// nothing is allocated. Rent, write and send without an await in between.
/// </summary>
internal sealed class JsonBuffer : IDisposable
{
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static JsonBuffer? _kept;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    private JsonBuffer() => Writer = new Utf8JsonWriter(_bytes, new JsonWriterOptions { SkipValidation = true });

    public Utf8JsonWriter Writer { get; }

    public static JsonBuffer Rent()
    {
        var buffer = _kept ?? new JsonBuffer();
        _kept = null;
        return buffer;
    }

    public void SendTo(HttpResponse response)
    {
        Writer.Flush();
        response.ContentLength = _bytes.WrittenCount;
        response.BodyWriter.Write(_bytes.WrittenSpan);
    }

    public void Dispose()
    {
        _bytes.ResetWrittenCount();
        if (_bytes.Capacity <= KeptBytes)
        {
            Writer.Reset(_bytes);
            _kept = this;
        }
    }
}
