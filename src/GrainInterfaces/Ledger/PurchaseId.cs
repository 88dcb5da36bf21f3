using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>
/// Says where a purchase is written: the number of the buyer's account and the number of the event in it, in the shape of
/// a UUID. So a purchase is found without an index, which would cost a second durable write for each.
/// </summary>
/// <remarks>
/// Persisted and known to clients: the layout may never change. 40 bits of account, 48 bits of version, 34 bits of check,
/// so that a made-up id is refused before anything is read. It is a name, not a secret: every read is authorized.
/// </remarks>
[GenerateSerializer, Immutable, Alias("PurchaseId")]
[JsonConverter(typeof(PurchaseIdJson))]
public readonly record struct PurchaseId
{
    public const long MaxAccount = (1L << 40) - 1;
    public const long MaxVersion = (1L << 48) - 1;

    private const ulong VersionNibble = 0x4000;
    private const ulong VariantBits = 0x8000_0000_0000_0000;
    private const int CheckBits = 34;
    private const ulong CheckMask = (1UL << CheckBits) - 1;

    private PurchaseId(long account, long version)
    {
        Account = account;
        Version = version;
    }

    /// <summary>The number of the buyer's account.</summary>
    [Id(0)]
    public long Account { get; private init; }

    /// <summary>The number of the event in the account's stream.</summary>
    [Id(1)]
    public long Version { get; private init; }

    public static PurchaseId Of(long account, long version) =>
        account is >= 0 and <= MaxAccount && version is > 0 and <= MaxVersion
            ? new PurchaseId(account, version)
            : throw new ArgumentOutOfRangeException(nameof(version), $"No purchase is at {account}/{version}.");

    public static PurchaseId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new ArgumentException($"'{text}' is no purchase id.", nameof(text));

    public static bool TryParse([NotNullWhen(true)] string? text, out PurchaseId id)
    {
        id = default;
        if (!Guid.TryParseExact(text, "D", out var guid))
        {
            return false;
        }
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        var high = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        // High: 48 bits of version, 4 of UUID version, 12 of account. Low: 2 of variant, 28 of account, 34 of check.
        var (versionMask, accountMask) = Masks(low & CheckMask);
        var version = (long)(high >> 16) ^ versionMask;
        var account = (long)(((high & 0xFFF) << 28) | ((low >> CheckBits) & 0xFFF_FFFF)) ^ accountMask;
        if (version == 0 || Bytes(account, version) != (high, low))
        {
            return false;
        }
        id = new PurchaseId(account, version);
        return true;
    }

    public override string ToString() => ToGuid().ToString("D");

    private Guid ToGuid()
    {
        var (high, low) = Bytes(Account, Version);
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new Guid(bytes, bigEndian: true);
    }

    private static (ulong High, ulong Low) Bytes(long account, long version)
    {
        var check = Mixed(((ulong)account * 0x9E37_79B9_7F4A_7C15) ^ (ulong)version) >> (64 - CheckBits);
        var (versionMask, accountMask) = Masks(check);
        var (maskedVersion, maskedAccount) = ((ulong)(version ^ versionMask), (ulong)(account ^ accountMask));
        var high = (maskedVersion << 16) | VersionNibble | (maskedAccount >> 28);
        var low = VariantBits | ((maskedAccount & 0xFFF_FFFF) << CheckBits) | check;
        return (high, low);
    }

    /// <summary>So that nobody reads off an id at a glance how much somebody has bought.</summary>
    private static (long Version, long Account) Masks(ulong check)
    {
        var mixed = Mixed(check + 1);
        return ((long)(mixed & (ulong)MaxVersion), (long)(Mixed(mixed) & (ulong)MaxAccount));
    }

    /// <summary>Spreads every bit over all of them (the finalizer of MurmurHash3).</summary>
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        value = (value ^ (value >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return value ^ (value >> 33);
    }

    public sealed class PurchaseIdJson : JsonConverter<PurchaseId>
    {
        public override PurchaseId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var value) ? value : throw new JsonException("This is not a purchase id.");

        public override void Write(Utf8JsonWriter writer, PurchaseId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToGuid());
    }
}
