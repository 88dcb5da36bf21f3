using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Grains.Moods;

/// <summary>
/// Times, oldest first. It never changes; but the one that <see cref="Add"/> makes shares its memory, so that a list of
/// thousands is not copied for each that comes in.
/// </summary>
[JsonConverter(typeof(MomentsJson))]
public sealed class Moments : IReadOnlyList<DateTimeOffset>
{
    public static readonly Moments None = new(new Shared(0), 0, 0);

    private readonly Shared _shared;
    private readonly int _start;
    private readonly int _end;

    private Moments(Shared shared, int start, int end) => (_shared, _start, _end) = (shared, start, end);

    public int Count => _end - _start;

    public DateTimeOffset this[int index] =>
        (uint)index < (uint)Count
            ? _shared.Items[_start + index]
            : throw new ArgumentOutOfRangeException(nameof(index));

    public static Moments Of(IEnumerable<DateTimeOffset> moments) =>
        moments.Aggregate(None, static (all, moment) => all.Add(moment));

    /// <summary>The same and one more.</summary>
    public Moments Add(DateTimeOffset moment)
    {
        // Only the first to go on from here may use the place behind the end; whoever comes second copies.
        if (_end < _shared.Items.Length && Interlocked.CompareExchange(ref _shared.Used, _end + 1, _end) == _end)
        {
            _shared.Items[_end] = moment;
            return new Moments(_shared, _start, _end + 1);
        }
        var copy = new Shared(Math.Max(4, 2 * Count)) { Used = Count + 1 };
        Array.Copy(_shared.Items, _start, copy.Items, 0, Count);
        copy.Items[Count] = moment;
        return new Moments(copy, 0, Count + 1);
    }

    /// <summary>Without the oldest ones, as long as they are no later than a time.</summary>
    public Moments After(DateTimeOffset time)
    {
        var start = _start;
        while (start < _end && _shared.Items[start] <= time)
        {
            start++;
        }
        return start == _start ? this : new Moments(_shared, start, _end);
    }

    public IEnumerator<DateTimeOffset> GetEnumerator() =>
        ((IEnumerable<DateTimeOffset>)new ArraySegment<DateTimeOffset>(_shared.Items, _start, Count)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Shared(int capacity)
    {
        public readonly DateTimeOffset[] Items = new DateTimeOffset[capacity];

        public int Used;
    }
}

internal sealed class MomentsJson : JsonConverter<Moments>
{
    public override Moments Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("Moments are an array.");
        }
        var moments = Moments.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            moments = moments.Add(reader.GetDateTimeOffset());
        }
        return moments;
    }

    public override void Write(Utf8JsonWriter writer, Moments value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var moment in value)
        {
            writer.WriteStringValue(moment);
        }
        writer.WriteEndArray();
    }
}
