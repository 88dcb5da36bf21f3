using System.Buffers;
using System.Collections;
using System.Text.Json;

namespace Actors.Grains.Durability;

/// <summary>
/// The memory in which a batch's events become JSON. A journal copies what it is given, so that a thread can keep the
/// memory for the next batch: half a kilobyte and a writer per command would cost more than the event itself.
/// </summary>
internal sealed class BatchJson : IReadOnlyList<ReadOnlyMemory<byte>>, IDisposable
{
    private const int KeptBytes = 16 * 1024;
    private const int KeptPerThread = 16;

    [ThreadStatic]
    private static Stack<BatchJson>? _kept;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Utf8JsonWriter _writer;
    private readonly List<(int Offset, int Length)> _events = [];
    private (int Offset, int Length) _mark;

    private BatchJson() => _writer = new Utf8JsonWriter(_bytes, new JsonWriterOptions { SkipValidation = true });

    public int Count => _events.Count;

    public int Length => _bytes.WrittenCount;

    public ReadOnlyMemory<byte> Mark => Slice(_mark);

    public ReadOnlyMemory<byte> this[int index] => Slice(_events[index]);

    public static BatchJson Rent() => _kept is { } kept && kept.TryPop(out var json) ? json : new BatchJson();

    /// <summary>Gives the memory back, once nobody reads it any more.</summary>
    public void Dispose()
    {
        var kept = _kept ??= new Stack<BatchJson>(KeptPerThread);
        if (_bytes.Capacity <= KeptBytes && kept.Count < KeptPerThread)
        {
            _bytes.ResetWrittenCount();
            _events.Clear();
            _mark = default;
            kept.Push(this);
        }
    }

    public void Add<TEvent>(TEvent @event, EventWriter<TEvent> eventWriter)
        where TEvent : class
    {
        var offset = _bytes.WrittenCount;
        var length = eventWriter.Write(@event, _bytes, _writer);
        _events.Add((offset, length));
    }

    public void Add(Mark mark)
    {
        var offset = _bytes.WrittenCount;
        _writer.Reset(_bytes);
        JsonSerializer.Serialize(_writer, mark, DurabilityJson.Default.Mark);
        _writer.Flush();
        _mark = (offset, _bytes.WrittenCount - offset);
    }

    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator() => _events.Select(Slice).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ReadOnlyMemory<byte> Slice((int Offset, int Length) place) =>
        _bytes.WrittenMemory.Slice(place.Offset, place.Length);
}
