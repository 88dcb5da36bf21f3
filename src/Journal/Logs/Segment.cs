using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Logs;

/// <summary>One file of a log. Opens itself at the first use, so that a start does not touch old files.</summary>
internal sealed class Segment : IDisposable
{
    private readonly IDisk _disk;
    private readonly JournalKey _key;
    private readonly Lock _gate = new();
    private SegmentHeader? _header;
    private FileCipher? _cipher;
    private IDiskFile? _file;
    private bool _disposed;

    private Segment(IDisk disk, JournalKey key, string directory, int number)
    {
        _disk = disk;
        _key = key;
        Number = number;
        Path = PathOf(directory, number);
    }

    public const string Ending = ".log";

    public int Number { get; }
    public string Path { get; }

    /// <summary>The time of the newest record in it, 0 for none; what is not known yet counts as never old enough to go.</summary>
    public long NewestTicks { get; set; } = long.MaxValue;

    /// <summary>The file's final length; 0 while it is not known or not final.</summary>
    public long FinalLength { get; set; }

    public SegmentHeader Header => _header ?? OpenHeader();
    public FileCipher Cipher => _cipher ?? OpenCipher();
    public IDiskFile File => _file ?? OpenFile();

    public static string PathOf(string directory, int number) => NumberedFiles.PathOf(directory, number, Ending);

    public static Segment Existing(IDisk disk, JournalKey key, string directory, int number) =>
        new(disk, key, directory, number);

    /// <summary>A segment that has its key already, so that batches can be filled, and no file yet.</summary>
    public static Segment Planned(IDisk disk, JournalKey key, string directory, SegmentHeader header) =>
        new(disk, key, directory, header.Number) { _header = header, NewestTicks = 0 };

    public bool HasFile { get; private set; }

    /// <summary>How far the file is allocated, when it was made in this life.</summary>
    public long AllocatedTo { get; private set; }

    /// <summary>
    /// Makes the planned file; when this returns, file and name survive a power failure. When it fails, nothing was written
    /// that anybody would miss, and it may be tried again.
    /// </summary>
    public void Create(long preallocate)
    {
        if (_disk.FileExists(Path))
        {
            // What an earlier try left behind; no record is ever written before the file is complete.
            _disk.DeleteFile(Path);
        }
        try
        {
            CreateFile(preallocate);
        }
        catch
        {
            Discard();
            throw;
        }
        (HasFile, AllocatedTo) = (true, preallocate);
    }

    /// <summary>Allocates room behind what is allocated already; when it fails, the file is as it was.</summary>
    public void Extend(long length)
    {
        try
        {
            File.Preallocate(length);
        }
        catch (IOException)
        {
            File.SetLength(AllocatedTo);
            throw;
        }
        AllocatedTo = length;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _file?.Dispose();
            _cipher?.Dispose();
        }
    }

    private void CreateFile(long preallocate)
    {
        var file = _disk.CreateFile(Path);
        lock (_gate)
        {
            _file = file;
        }
        if (preallocate > 0)
        {
            file.Preallocate(preallocate);
        }
        file.Write(Header.Encode(_key), 0);
        file.Sync();
        _disk.SyncDirectory(System.IO.Path.GetDirectoryName(Path)!);
    }

    private void Discard()
    {
        Dispose();
        try
        {
            if (_disk.FileExists(Path))
            {
                _disk.DeleteFile(Path);
            }
        }
        catch (IOException)
        {
            // The next try deletes it, or the next start finds a segment without records.
        }
    }

    private IDiskFile OpenFile()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _file ??= _disk.OpenFile(Path, writable: false);
        }
    }

    private SegmentHeader OpenHeader()
    {
        var sector = new byte[Sector.Bytes];
        var read = File.Read(sector, 0);
        var verdict = SegmentHeader.TryDecode(sector.AsSpan(0, read), _key, out var header);
        if (verdict == HeaderVerdict.OtherKey)
        {
            throw new JournalKeyException($"{Path} was written with another key.");
        }
        if (verdict != HeaderVerdict.Valid || header!.Number != Number)
        {
            throw new JournalDamagedException(Path, 0, "the segment's header is not what was written.");
        }
        return _header = header;
    }

    private FileCipher OpenCipher()
    {
        var header = Header;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _cipher ??= (header.Key ?? _key).CipherFor(header.Salt);
        }
    }
}
