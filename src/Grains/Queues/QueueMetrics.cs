using System.Diagnostics.Metrics;
using Actors.Grains.Operations;

namespace Actors.Grains.Queues;

/// <summary>One queue's part in how many entries wait in all queues that are active here.</summary>
internal sealed class QueueMetrics
{
    private static readonly UpDownCounter<long> Entries = GrainMetrics.Source.CreateUpDownCounter<long>(
        "actors.queue.entries",
        "{entry}",
        "Entries that wait or are performed, in the queues that are active in this process."
    );

    private int _counted;
    private bool _hasLeft;

    public void Holds(PerformanceQueue queue) => Count(_hasLeft ? 0 : queue.Entries.Length);

    public void Leave()
    {
        _hasLeft = true;
        Count(0);
    }

    private void Count(int entries)
    {
        if (entries != _counted)
        {
            Entries.Add(entries - _counted);
            _counted = entries;
        }
    }
}
