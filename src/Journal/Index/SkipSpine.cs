using Actors.Journal.Format;

namespace Actors.Journal.Index;

/// <summary>
/// Skip pointers by skew-binary numbers (Myers, 1983). The records 1 … n of a stream form complete trees of 2^k - 1
/// records, the smallest newest. A record points to its predecessor and, with its jump, over its whole tree; following
/// these, any older record is found in O(log n) steps. The spine is the roots of all trees but the newest, oldest first:
/// all that is needed to compute the next record's jump without reading one.
/// </summary>
internal static class SkipSpine
{
    /// <summary>How many records the tree whose root is record <paramref name="sequence"/> holds.</summary>
    public static long TreeSize(long sequence) => Newest(sequence).Size;

    /// <summary>How many roots the spine of a stream with this many records has.</summary>
    public static int Count(long sequence) => sequence == 0 ? 0 : Newest(sequence).Trees - 1;

    /// <summary>The jump of the record after <paramref name="sequence"/>, whose own position is <paramref name="head"/>.</summary>
    public static Position NextJump(long sequence, Position head, long[] spine)
    {
        if (!Merges(sequence))
        {
            return head;
        }
        var count = Count(sequence);
        return count < 2 ? Position.None : new(spine[count - 2]);
    }

    /// <summary>Moves the spine on to the next record, in place where there is room.</summary>
    public static void Advance(long sequence, Position head, ref long[] spine)
    {
        if (sequence == 0 || Merges(sequence))
        {
            return;
        }
        var count = Count(sequence);
        if (count == spine.Length)
        {
            Array.Resize(ref spine, count == 0 ? 2 : count + 2);
        }
        spine[count] = head.Value;
    }

    private static bool Merges(long sequence)
    {
        var (size, next, _) = Newest(sequence);
        return size == next;
    }

    private static (long Size, long Next, int Trees) Newest(long sequence)
    {
        long size = 0;
        long next = 0;
        var trees = 0;
        for (; sequence > 0; trees++)
        {
            next = size;
            // The largest 2^k - 1 that fits.
            size = (1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)sequence + 1))) - 1;
            sequence -= size;
        }
        return (size, next, trees);
    }
}
