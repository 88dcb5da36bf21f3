using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Transactions;

namespace Actors.Grains.Transactions.Nodes;

internal sealed record JsonRpcRequest(string Jsonrpc, int Id, string Method, IReadOnlyList<string> Params);

internal sealed record JsonRpcAnswer(int? Id, JsonElement? Result, JsonElement? Error);

/// <param name="L1Fee">What some second layers charge besides, for the chain below them.</param>
internal sealed record JsonRpcReceipt(
    string? TransactionHash,
    string? Status,
    string? BlockNumber,
    string? From,
    string? GasUsed,
    string? EffectiveGasPrice,
    string? L1Fee
)
{
    /// <summary>Null when it is another transaction's, or says what no receipt says.</summary>
    public ChainReceipt? Read(TransactionHash hash)
    {
        if (
            !GrainInterfaces.Transactions.TransactionHash.TryParse(TransactionHash, out var own)
            || own != hash
            || Status is not ("0x0" or "0x1")
            || Quantity.ReadLong(BlockNumber) is not { } block
            || !ChainAddress.TryParse(From?.ToLowerInvariant(), out var from)
            || Quantity.Read(GasUsed) is not { } used
            || Quantity.Read(EffectiveGasPrice ?? "0x0") is not { } price
            || Quantity.Read(L1Fee ?? "0x0") is not { } below
        )
        {
            return null;
        }
        var fee = DecimalText.Of((used * price) + below);
        return new ChainReceipt(Status == "0x1", block, from, used.ToString(CultureInfo.InvariantCulture), fee);
    }
}

/// <summary>Numbers as nodes write them: <c>0x</c> and hexadecimal digits, at most 256 bits.</summary>
internal static class Quantity
{
    private const int MostDigits = 64;
    private const long Most = (1L << 53) - 1;

    public static BigInteger? Read(string? text) =>
        text is { Length: > 2 and <= MostDigits + 2 }
        && text.StartsWith("0x", StringComparison.Ordinal)
        // A leading zero keeps the highest bit from being a sign.
        && BigInteger.TryParse(
            $"0{text.AsSpan(2)}",
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    public static long? ReadLong(string? text) => Read(text) is { } number && number <= Most ? (long)number : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 16)]
[JsonSerializable(typeof(JsonRpcRequest))]
[JsonSerializable(typeof(JsonRpcAnswer))]
[JsonSerializable(typeof(JsonRpcReceipt))]
[JsonSerializable(typeof(string))]
internal sealed partial class JsonRpcJson : JsonSerializerContext;
