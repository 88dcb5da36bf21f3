namespace Actors.TestKit.Loops;

/// <summary>What a run did, as a running hash to compare runs by, and as text for whoever wants to read it.</summary>
internal sealed class Trace(TextWriter? text)
{
    private const ulong Prime = 0x100000001B3;

    /// <summary>Two runs with the same hash have taken the same steps at the same times with the same answers.</summary>
    public ulong Hash { get; private set; } = 0xCBF29CE484222325;

    public bool IsVerbose => text is not null;

    public void Step(long step, Work work, VirtualClock clock)
    {
        Mix((ulong)work.Kind + 1);
        Mix((ulong)clock.Elapsed.Ticks);
        if (IsVerbose)
        {
            Write(clock, $"step {step} {work.Kind} {work.Domain}");
        }
    }

    /// <summary>Something that the run decided or learned, beyond its steps.</summary>
    public void Note(VirtualClock clock, string what)
    {
        foreach (var character in what)
        {
            Mix(character);
        }
        if (IsVerbose)
        {
            Write(clock, what);
        }
    }

    /// <summary>Text for the reader that is no part of the hash.</summary>
    public void Remark(VirtualClock clock, string what)
    {
        if (IsVerbose)
        {
            Write(clock, what);
        }
    }

    private void Write(VirtualClock clock, string what) =>
        text!.WriteLine(FormattableString.Invariant($"{clock.Now:dd HH:mm:ss.fffffff} {what}"));

    private void Mix(ulong value) => Hash = (Hash ^ value) * Prime;
}
