using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Actors.Bench.Hosts;

/// <summary>What this process allocates, by type: the runtime names one object in every hundred kilobytes.</summary>
internal sealed class AllocationSampler : EventListener
{
    private const EventKeywords Collector = (EventKeywords)1;

    private readonly ConcurrentDictionary<string, long> _bytes = new();

    public void Print(long operations)
    {
        foreach (var (type, bytes) in _bytes.OrderByDescending(static one => one.Value).Take(40))
        {
            Console.WriteLine($"{(double)bytes / operations, 8:N0} B  {type}");
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, Collector);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true)
        {
            var type = (string)eventData.Payload![eventData.PayloadNames!.IndexOf("TypeName")]!;
            var bytes = (ulong)eventData.Payload[eventData.PayloadNames.IndexOf("AllocationAmount64")]!;
            _bytes?.AddOrUpdate(type, (long)bytes, (_, sum) => sum + (long)bytes);
        }
    }
}
