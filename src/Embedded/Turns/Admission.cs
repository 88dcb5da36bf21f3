using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>
/// Which requests may run beside each other. One that interleaves always neither waits nor lets others wait.
/// </summary>
internal struct Admission
{
    private int _blocking;
    private int _readers;

    /// <summary>Requests that have begun and not ended.</summary>
    public int Running { get; private set; }

    public readonly bool Admits(GrainMethodOptions incoming, bool isReentrant) =>
        _blocking == 0
        || isReentrant
        || (incoming & GrainMethodOptions.AlwaysInterleave) != 0
        || ((incoming & GrainMethodOptions.ReadOnly) != 0 && _blocking == _readers);

    /// <summary>False only if nothing that waits could be admitted, whatever it is.</summary>
    public readonly bool MayAdmitMore(bool isReentrant) => isReentrant || _blocking == _readers;

    public void Begin(GrainMethodOptions options) => Count(options, 1);

    public void End(GrainMethodOptions options) => Count(options, -1);

    private void Count(GrainMethodOptions options, int change)
    {
        Running += change;
        if ((options & GrainMethodOptions.AlwaysInterleave) == 0)
        {
            _blocking += change;
            _readers += (options & GrainMethodOptions.ReadOnly) != 0 ? change : 0;
        }
    }
}
