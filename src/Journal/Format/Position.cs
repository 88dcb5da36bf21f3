namespace Actors.Journal.Format;

/// <summary>A place in a log: segment number and byte offset, ordered as the log is. The default value is no place.</summary>
internal readonly record struct Position(long Value) : IComparable<Position>
{
    public Position(int segment, long offset)
        : this(((long)segment << 32) | offset) { }

    public static readonly Position None;

    public int Segment => (int)(Value >> 32);
    public long Offset => Value & uint.MaxValue;
    public bool IsNone => Value == 0;

    public int CompareTo(Position other) => Value.CompareTo(other.Value);

    public static bool operator <(Position left, Position right) => left.Value < right.Value;

    public static bool operator >(Position left, Position right) => left.Value > right.Value;

    public static bool operator <=(Position left, Position right) => left.Value <= right.Value;

    public static bool operator >=(Position left, Position right) => left.Value >= right.Value;
}
