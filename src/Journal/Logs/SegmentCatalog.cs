using Actors.Journal.Disks;

namespace Actors.Journal.Logs;

/// <summary>The segments of one log, without gaps. Readers need no lock.</summary>
internal sealed class SegmentCatalog : IDisposable
{
    private readonly Lock _changing = new();
    private volatile Segment[] _segments = [];

    public IReadOnlyList<Segment> All => _segments;

    /// <summary>0 when there is none.</summary>
    public int FirstNumber => _segments is [var first, ..] ? first.Number : 0;

    public Segment? Last => _segments is [.., var last] ? last : null;

    public Segment? Find(int number)
    {
        var segments = _segments;
        var index = segments.Length == 0 ? -1 : number - segments[0].Number;
        return (uint)index < (uint)segments.Length ? segments[index] : null;
    }

    public void Add(Segment segment)
    {
        lock (_changing)
        {
            _segments = [.. _segments, segment];
        }
    }

    public void RemoveFirst()
    {
        lock (_changing)
        {
            var first = _segments[0];
            _segments = _segments[1..];
            first.Dispose();
        }
    }

    /// <summary>Numbers of the segment files in a directory, ascending.</summary>
    public static IReadOnlyList<int> Numbers(IDisk disk, string directory) =>
        NumberedFiles.In(disk, directory, Segment.Ending);

    public void Dispose()
    {
        foreach (var segment in _segments)
        {
            segment.Dispose();
        }
    }
}
