namespace Actors.Grains.Attachments.Formats;

/// <summary>What is kept of a file, in order: parts of it, and bytes that take the place of others.</summary>
internal sealed class KeptPieces(ReadOnlyMemory<byte> file)
{
    /// <summary>Far above what files have; a file that was made to have more costs no more memory for it.</summary>
    private const int Most = 100_000;

    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private Range? _pending;

    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces
    {
        get
        {
            Flush();
            return _pieces;
        }
    }

    /// <summary>A part of the file; parts that follow each other become one.</summary>
    public void Keep(int start, int length)
    {
        if (_pending is { } pending && pending.End.Value == start)
        {
            _pending = pending.Start..(start + length);
            return;
        }
        Flush();
        _pending = start..(start + length);
    }

    public void Add(ReadOnlyMemory<byte> bytes)
    {
        Flush();
        Append(bytes);
    }

    /// <summary>What is kept is then not all.</summary>
    public bool AreTooMany { get; private set; }

    private void Append(ReadOnlyMemory<byte> bytes)
    {
        AreTooMany |= _pieces.Count == Most;
        if (!AreTooMany)
        {
            _pieces.Add(bytes);
        }
    }

    private void Flush()
    {
        if (_pending is { } pending)
        {
            Append(file[pending]);
            _pending = null;
        }
    }
}
