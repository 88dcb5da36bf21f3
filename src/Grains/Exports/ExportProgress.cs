namespace Actors.Grains.Exports;

/// <summary>How far an attempt is: what the one who makes it tells the grain, whose scheduler it runs on.</summary>
internal sealed class ExportProgress
{
    private readonly List<string> _done = [];

    public IReadOnlyList<string> Done => [.. _done];

    public void Add(string part) => _done.Add(part);
}
