namespace Actors.Journal.Format;

/// <summary>
/// The unit that a disk writes whole or not at all. Batches own whole sectors, so that a torn write can neither touch
/// what was synced before nor look like a changed byte.
/// </summary>
internal static class Sector
{
    public const int Bytes = 512;

    public static int RoundUp(int length) => (length + Bytes - 1) & ~(Bytes - 1);

    public static bool IsBlank(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    public static bool AnyBlank(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= Bytes; bytes = bytes[Bytes..])
        {
            if (IsBlank(bytes[..Bytes]))
            {
                return true;
            }
        }
        return !bytes.IsEmpty && IsBlank(bytes);
    }
}
