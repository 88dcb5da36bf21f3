namespace Actors.TestKit.Disks;

/// <summary>
/// A file's bytes by sector, three times: what readers see, what a power failure leaves, and which sectors of the first
/// were lost by a failed sync: a system shows them and calls them clean, but will never write them.
/// </summary>
internal sealed class SimulatedFile
{
    public const int SectorBytes = 512;

    private Dictionary<long, byte[]> _seen = [];
    private Dictionary<long, byte[]> _durable = [];
    private readonly HashSet<long> _unsynced = [];
    private long _durableLength;
    private bool _isShortened;

    public long Length { get; private set; }

    public int Read(Span<byte> buffer, long offset)
    {
        var count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        for (var done = 0; done < count; )
        {
            var (sector, within) = Math.DivRem(offset + done, SectorBytes);
            var part = Math.Min(count - done, SectorBytes - (int)within);
            var target = buffer.Slice(done, part);
            if (_seen.TryGetValue(sector, out var bytes))
            {
                bytes.AsSpan((int)within, part).CopyTo(target);
            }
            else
            {
                target.Clear();
            }
            done += part;
        }
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        for (var done = 0; done < bytes.Length; )
        {
            var (sector, within) = Math.DivRem(offset + done, SectorBytes);
            var part = Math.Min(bytes.Length - done, SectorBytes - (int)within);
            // A sector may be shared with the durable side: never change one in place.
            var content = new byte[SectorBytes];
            if (_seen.TryGetValue(sector, out var old))
            {
                old.CopyTo(content, 0);
            }
            bytes.Slice(done, part).CopyTo(content.AsSpan((int)within));
            _seen[sector] = content;
            _unsynced.Add(sector);
            done += part;
        }
        Length = Math.Max(Length, offset + bytes.Length);
    }

    public void SetLength(long length)
    {
        foreach (var sector in _seen.Keys.Where(sector => sector * SectorBytes >= length).ToList())
        {
            _seen.Remove(sector);
            _unsynced.Remove(sector);
        }
        _isShortened |= length < Length;
        Length = length;
    }

    /// <summary>Makes what is seen durable, but for the sectors that <paramref name="isLost"/> picks.</summary>
    public void Sync(Func<long, bool> isLost)
    {
        foreach (var sector in _unsynced.Where(sector => !isLost(sector)))
        {
            _durable[sector] = _seen[sector];
        }
        _unsynced.Clear();
        _durableLength = Length;
        if (_isShortened)
        {
            _durable = _durable.Where(sector => _seen.ContainsKey(sector.Key)).ToDictionary();
            _isShortened = false;
        }
    }

    /// <summary>The unsynced sectors stay visible, count as clean, and are gone after a power failure.</summary>
    public void FailSync() => _unsynced.Clear();

    /// <summary>Leaves the durable bytes and of the unsynced sectors those that <paramref name="isKept"/> picks.</summary>
    public void LosePower(Func<long, bool> isKept, bool keepsLength)
    {
        foreach (var sector in _unsynced.Order().ToList())
        {
            if (isKept(sector))
            {
                _durable[sector] = _seen[sector];
            }
        }
        _durableLength = keepsLength ? Length : _durableLength;
        DropDurableBehindEnd();
        _unsynced.Clear();
        _isShortened = false;
        _seen = new(_durable);
        Length = _durableLength;
    }

    public void Flip(long offset, byte mask)
    {
        var (sector, within) = Math.DivRem(offset, SectorBytes);
        var content = _seen.TryGetValue(sector, out var old) ? (byte[])old.Clone() : new byte[SectorBytes];
        content[within] ^= mask;
        _seen[sector] = content;
        _durable[sector] = content;
    }

    public SimulatedFile Copy() =>
        new()
        {
            _seen = new(_seen),
            _durable = new(_durable),
            _durableLength = _durableLength,
            Length = Length,
        };

    private void DropDurableBehindEnd()
    {
        foreach (var sector in _durable.Keys.Where(sector => sector * SectorBytes >= _durableLength).ToList())
        {
            _durable.Remove(sector);
        }
    }
}
