using System.Buffers.Text;

namespace Actors.Bench.Load;

/// <summary>
/// Follows one HTTP/1.1 response as cheaply as can be: status and length are read, the rest is counted. Whatever does not
/// have the form that the host sends is a fault and not guessed about.
/// </summary>
internal struct ResponseReader
{
    private const int InHeader = -1;

    private int _headerBytes;
    private long _bodyLeft;

    public int Status { get; private set; }

    /// <summary>Where the next bytes are to be put.</summary>
    public readonly int Offset => _headerBytes;

    public void Begin()
    {
        _headerBytes = 0;
        _bodyLeft = InHeader;
        Status = 0;
    }

    /// <summary>Takes in bytes that were put at <see cref="Offset"/>. True when the response is complete.</summary>
    public bool Take(ReadOnlySpan<byte> buffer, int received)
    {
        if (_bodyLeft == InHeader)
        {
            var filled = buffer[..(_headerBytes + received)];
            var end = filled.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                _headerBytes = filled.Length < buffer.Length ? filled.Length : throw Unexpected("a header too long");
                return false;
            }
            _headerBytes = 0;
            ReadHeader(filled[..end]);
            received = filled.Length - end - 4;
        }
        _bodyLeft -= received;
        return _bodyLeft >= 0 ? _bodyLeft == 0 : throw Unexpected("more bytes than announced");
    }

    private void ReadHeader(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(header[9..], out int status, out _))
        {
            throw Unexpected("no HTTP/1.1");
        }
        Status = status;
        _bodyLeft = 0;
        var at = header.IndexOf("\r\nContent-Length: "u8);
        if (at >= 0 && Utf8Parser.TryParse(header[(at + 18)..], out long length, out _))
        {
            _bodyLeft = length;
        }
        else if (status is not (204 or 304))
        {
            throw Unexpected("no Content-Length");
        }
    }

    private static InvalidDataException Unexpected(string what) => new($"The host answered with {what}.");
}
