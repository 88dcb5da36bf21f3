using System.Buffers;
using System.Buffers.Text;

namespace Actors.Bench.Load;

/// <summary>
/// Gives every request an idempotency key of its own: a number written over the end of a body that was made once, because
/// making a request anew would be paid for by the host, which shares the processors.
/// </summary>
internal sealed class KeyStamp
{
    /// <summary>What such a body ends with.</summary>
    public const string End = "000000000000\"}";

    private const int Digits = 12;

    private long _used;

    public void Renew(Span<byte> request)
    {
        var place = request.Slice(request.Length - End.Length, Digits);
        Utf8Formatter.TryFormat(Interlocked.Increment(ref _used), place, out _, new StandardFormat('D', Digits));
    }
}
