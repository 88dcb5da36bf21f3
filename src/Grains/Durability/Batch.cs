using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>What is waiting to be appended together: the commits that came in while the append before was on its way.</summary>
internal sealed class Batch<TState, TEvent>
    where TEvent : class
{
    private readonly ArrayBufferWriter<byte> _json = new(512);
    private readonly List<(TEvent Event, int Offset, int Length)> _events = [];
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<Delivery>? _received;

    // A writer costs more than the event that it writes; a turn stays on its thread while it serializes.
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Completes when everything in the batch is durable; fails when that cannot be known.</summary>
    public Task Durable => _durable.Task;

    /// <summary>The grain as it is once the batch is durable.</summary>
    public required Frame<TState> After { get; set; }

    public IReadOnlyList<Delivery>? Received => _received;

    public int Count => _events.Count;

    public int Bytes => _json.WrittenCount;

    /// <summary>What others must be told once the batch is durable, derived when it is appended.</summary>
    public IReadOnlyList<(long Number, Effect Effect)> Effects { get; set; } = [];

    public TEvent this[int index] => _events[index].Event;

    public void Add(TEvent @event, JsonTypeInfo<TEvent> typeInfo)
    {
        var offset = _json.WrittenCount;
        var writer = _writer ??= new Utf8JsonWriter(_json, new JsonWriterOptions { SkipValidation = true });
        writer.Reset(_json);
        JsonSerializer.Serialize(writer, @event, typeInfo);
        writer.Flush();
        _events.Add((@event, offset, _json.WrittenCount - offset));
    }

    public void Add(Delivery received) => (_received ??= []).Add(received);

    /// <summary>Only once everything is added: growing moves the memory.</summary>
    public ReadOnlyMemory<byte>[] Json()
    {
        var written = _json.WrittenMemory;
        var slices = new ReadOnlyMemory<byte>[_events.Count];
        for (var index = 0; index < slices.Length; index++)
        {
            slices[index] = written.Slice(_events[index].Offset, _events[index].Length);
        }
        return slices;
    }

    public void Succeed() => _durable.SetResult();

    public void Fail(Exception exception)
    {
        _durable.SetException(exception);
        // Nobody may be waiting, as when a batch carries bookkeeping only.
        _ = _durable.Task.Exception;
    }
}
