using System.Numerics;
using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>
/// Counts the calls of one method of one grain class. Each processor counts on its own lines of memory, so that
/// counting costs a few nanoseconds; the buckets have a width of a quarter of their power of two.
/// </summary>
internal sealed class MethodMeter
{
    private const int BucketsPerOctave = 4;
    private const int Buckets = 64 * BucketsPerOctave;
    private const int Pause = 500;

    private static readonly int Mask = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) - 1;

    private readonly Line?[] _lines = new Line?[Mask + 1];
    private readonly Clock _clock;
    private readonly long _quick;
    private readonly bool _mayRunInline;
    private int _pause;
    private int _slowInARow;

    public MethodMeter(EmbeddedEngine engine, GrainClass grainClass, GrainMethod method)
    {
        _clock = engine.Clock;
        _quick = _clock.ToTicks(TimeSpan.FromMicroseconds(100));
        _mayRunInline = (method.Options & GrainMethodOptions.OneWay) == 0 && !grainClass.FiltersItself;
        Method = method;
        GrainType = grainClass.ClassType.FullName!;
        TimeoutTicks = _clock.ToTicks(method.ResponseTimeout ?? engine.Options.ResponseTimeout);
    }

    public GrainMethod Method { get; }

    public string GrainType { get; }

    public long TimeoutTicks { get; }

    /// <summary>
    /// A method that keeps its thread busy for long is not run on its caller's: who calls ten of those means them to
    /// run beside each other. It gets another chance after a while.
    /// </summary>
    public bool MayRunInline => _mayRunInline && (_pause == 0 || --_pause == 0);

    /// <summary>How long the method kept the thread before it first waited or returned.</summary>
    public void NoteSlice(long ticks)
    {
        if (ticks > _quick)
        {
            // Once may be the machine's fault.
            _pause = ++_slowInARow > 1 ? Pause : _pause;
        }
        else if (_slowInARow != 0)
        {
            _slowInARow = 0;
        }
    }

    public void Record(long ticks, bool failed)
    {
        ref var slot = ref _lines[Thread.GetCurrentProcessorId() & Mask];
        var line = slot ?? Interlocked.CompareExchange(ref slot, new Line(), null) ?? slot;
        ticks = Math.Max(ticks, 1);
        Interlocked.Increment(ref line.Counts[BucketOf(ticks)]);
        Interlocked.Add(ref line.Total, ticks);
        if (ticks > Volatile.Read(ref line.Max))
        {
            RaiseMax(line, ticks);
        }
        if (failed)
        {
            Interlocked.Increment(ref line.Errors);
        }
    }

    public MethodStatistics Read()
    {
        var counts = new long[Buckets];
        long total = 0;
        long max = 0;
        long errors = 0;
        foreach (var line in _lines.OfType<Line>())
        {
            for (var i = 0; i < Buckets; i++)
            {
                counts[i] += Volatile.Read(ref line.Counts[i]);
            }
            total += Volatile.Read(ref line.Total);
            max = Math.Max(max, Volatile.Read(ref line.Max));
            errors += Volatile.Read(ref line.Errors);
        }
        return new MethodStatistics
        {
            GrainType = GrainType,
            InterfaceName = Method.InterfaceName,
            MethodName = Method.Name,
            Calls = counts.Sum(),
            Errors = errors,
            TotalTime = _clock.ToTimeSpan(total),
            MaxTime = _clock.ToTimeSpan(max),
            Histogram =
            [
                .. Enumerable
                    .Range(0, Buckets)
                    .Where(i => counts[i] > 0)
                    .Select(i => new LatencyBucket(_clock.ToTimeSpan(UpperEdge(i)), counts[i])),
            ],
        };
    }

    private static int BucketOf(long ticks)
    {
        var octave = BitOperations.Log2((ulong)ticks);
        var quarter = octave < 2 ? 0 : (int)(ticks >> (octave - 2)) & 3;
        return octave * BucketsPerOctave + quarter;
    }

    private static long UpperEdge(int bucket)
    {
        var (octave, quarter) = Math.DivRem(bucket, BucketsPerOctave);
        return octave < 2 ? 1L << (octave + 1) : (4L + quarter + 1) << (octave - 2);
    }

    private static void RaiseMax(Line line, long ticks)
    {
        long seen;
        while (ticks > (seen = Volatile.Read(ref line.Max)))
        {
            Interlocked.CompareExchange(ref line.Max, ticks, seen);
        }
    }

    private sealed class Line
    {
        public readonly long[] Counts = new long[Buckets];
        public long Total;
        public long Max;
        public long Errors;
    }
}
