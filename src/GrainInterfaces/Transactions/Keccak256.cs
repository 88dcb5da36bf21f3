using System.Buffers.Binary;
using System.Numerics;

namespace Actors.GrainInterfaces.Transactions;

/// <summary>
/// The hash that Ethereum knows as Keccak-256. It is not SHA3-256 of the platform: the standard came later and ends the
/// message with other bits.
/// </summary>
public static class Keccak256
{
    public const int HashBytes = 32;

    private const int Lanes = 25;
    private const int RateBytes = 136;
    private const byte EndOfMessage = 0x01;
    private const byte EndOfBlock = 0x80;

    private static readonly ulong[] RoundConstants =
    [
        0x0000000000000001,
        0x0000000000008082,
        0x800000000000808A,
        0x8000000080008000,
        0x000000000000808B,
        0x0000000080000001,
        0x8000000080008081,
        0x8000000000008009,
        0x000000000000008A,
        0x0000000000000088,
        0x0000000080008009,
        0x000000008000000A,
        0x000000008000808B,
        0x800000000000008B,
        0x8000000000008089,
        0x8000000000008003,
        0x8000000000008002,
        0x8000000000000080,
        0x000000000000800A,
        0x800000008000000A,
        0x8000000080008081,
        0x8000000000008080,
        0x0000000080000001,
        0x8000000080008008,
    ];

    // Where each lane goes on the way that begins at lane 1, and how far it is turned there.
    private static readonly int[] Path =
    [
        10,
        7,
        11,
        17,
        18,
        3,
        5,
        16,
        8,
        21,
        24,
        4,
        15,
        23,
        19,
        13,
        12,
        2,
        20,
        14,
        22,
        9,
        6,
        1,
    ];
    private static readonly int[] Turns =
    [
        1,
        3,
        6,
        10,
        15,
        21,
        28,
        36,
        45,
        55,
        2,
        14,
        27,
        41,
        56,
        8,
        25,
        43,
        62,
        18,
        39,
        61,
        20,
        44,
    ];

    public static byte[] Hash(ReadOnlySpan<byte> message) => Hash(message, EndOfMessage);

    /// <param name="endOfMessage">0x01 here; 0x06 would make it the platform's SHA3-256.</param>
    internal static byte[] Hash(ReadOnlySpan<byte> message, byte endOfMessage)
    {
        Span<ulong> lanes = stackalloc ulong[Lanes];
        lanes.Clear();
        while (message.Length >= RateBytes)
        {
            Absorb(lanes, message[..RateBytes]);
            message = message[RateBytes..];
        }
        Span<byte> last = stackalloc byte[RateBytes];
        last.Clear();
        message.CopyTo(last);
        last[message.Length] = endOfMessage;
        last[^1] |= EndOfBlock;
        Absorb(lanes, last);
        var hash = new byte[HashBytes];
        for (var lane = 0; lane < HashBytes / sizeof(ulong); lane++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(lane * sizeof(ulong)), lanes[lane]);
        }
        return hash;
    }

    private static void Absorb(Span<ulong> lanes, ReadOnlySpan<byte> block)
    {
        for (var lane = 0; lane < RateBytes / sizeof(ulong); lane++)
        {
            lanes[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * sizeof(ulong))..]);
        }
        foreach (var constant in RoundConstants)
        {
            MixColumns(lanes);
            TurnAndMove(lanes);
            MixRows(lanes);
            lanes[0] ^= constant;
        }
    }

    private static void MixColumns(Span<ulong> lanes)
    {
        Span<ulong> columns = stackalloc ulong[5];
        for (var x = 0; x < 5; x++)
        {
            columns[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
        }
        for (var lane = 0; lane < Lanes; lane++)
        {
            var x = lane % 5;
            lanes[lane] ^= columns[(x + 4) % 5] ^ BitOperations.RotateLeft(columns[(x + 1) % 5], 1);
        }
    }

    private static void TurnAndMove(Span<ulong> lanes)
    {
        var moved = lanes[1];
        for (var step = 0; step < Path.Length; step++)
        {
            (moved, lanes[Path[step]]) = (lanes[Path[step]], BitOperations.RotateLeft(moved, Turns[step]));
        }
    }

    private static void MixRows(Span<ulong> lanes)
    {
        Span<ulong> row = stackalloc ulong[5];
        for (var start = 0; start < Lanes; start += 5)
        {
            lanes.Slice(start, 5).CopyTo(row);
            for (var x = 0; x < 5; x++)
            {
                lanes[start + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
    }
}
