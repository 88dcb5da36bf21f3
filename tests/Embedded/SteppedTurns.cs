namespace Actors.Embedded.Tests;

/// <summary>Turns on the test's own thread, one at a time: in the order in which they were asked for, or by a seed.</summary>
internal sealed class SteppedTurns(Random? chance = null) : ITurnScheduler
{
    private readonly List<IThreadPoolWorkItem> _ready = [];

    public int Steps { get; private set; }

    public void Schedule(IThreadPoolWorkItem workItem) => _ready.Add(workItem);

    /// <summary>Runs until nothing is left to do without time passing.</summary>
    public void RunAll()
    {
        while (_ready.Count > 0)
        {
            var place = chance?.Next(_ready.Count) ?? 0;
            var item = _ready[place];
            _ready.RemoveAt(place);
            Steps++;
            item.Execute();
        }
    }
}
