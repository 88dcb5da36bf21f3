using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Transactions;

namespace Actors.ApiHost.Transactions;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RecordTransactionRequest
{
    public string? TransactionHash { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Amount { get; init; }

    public string? Token { get; init; }

    public string? Network { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<TransactionType>))]
    public TransactionType? Type { get; init; }

    public string? UserId { get; init; }

    public string? PetId { get; init; }

    public JsonElement? Metadata { get; init; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SettleTransactionRequest
{
    public string? TransactionHash { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<TransactionStatus>))]
    public TransactionStatus? Status { get; init; }

    public long? BlockNumber { get; init; }

    public string? GasUsed { get; init; }

    public string? GasFee { get; init; }

    public string? Error { get; init; }
}

/// <param name="TransactionHash">Null for a movement of the ledger.</param>
/// <param name="From">An address; a side of the ledger such as balance/bo for a movement.</param>
/// <param name="Ledger">Where the movement is written; null for what was recorded from a chain.</param>
internal sealed record TransactionResponse(
    string? TransactionHash,
    string From,
    string To,
    string Amount,
    string Token,
    string Network,
    [property: JsonConverter(typeof(StrictEnumConverter<TransactionType>))] TransactionType Type,
    [property: JsonConverter(typeof(StrictEnumConverter<TransactionStatus>))] TransactionStatus Status,
    long? BlockNumber,
    string? GasUsed,
    string? GasFee,
    string? Error,
    DateTimeOffset Timestamp,
    string UserId,
    string? PetId,
    JsonElement? Metadata,
    LedgerLink? Ledger
)
{
    private const string LedgerToken = "TOKENS";
    private const string LedgerNetwork = "ledger";

    public static TransactionResponse Of(TransactionView view) =>
        new(
            view.Hash.Value,
            view.From.Value,
            view.To.Value,
            view.Amount,
            view.Token,
            view.Network,
            view.Type,
            view.Status,
            view.BlockNumber,
            view.GasUsed,
            view.GasFee,
            view.Error,
            view.Timestamp,
            view.UserId,
            view.PetId,
            JsonObjects.Of(view.Metadata),
            null
        );

    public static TransactionResponse Of(Movement movement, AccountId account, bool isOwn) =>
        new(
            null,
            movement.From,
            movement.To,
            movement.Tokens.ToString(),
            LedgerToken,
            LedgerNetwork,
            LedgerTransactions.TypeOf(movement.Kind),
            TransactionStatus.Confirmed,
            null,
            null,
            null,
            null,
            movement.At,
            account.Owner,
            null,
            null,
            LedgerLink.Of(movement, account, isOwn)
        );
}

/// <param name="Position">The number of the event in the account, as statements and proofs name it.</param>
/// <param name="Transfer">The same on both sides of the movement.</param>
/// <param name="Statement">Answers with this movement.</param>
internal sealed record LedgerLink(
    string Account,
    long Position,
    string Transfer,
    string? PurchaseId,
    string? Cause,
    string Statement
)
{
    public static LedgerLink Of(Movement movement, AccountId account, bool isOwn)
    {
        var path =
            isOwn ? "/api/v1/statement"
            : account.Kind == AccountKind.Balance ? $"/api/v1/admin/balances/{account.Owner}/statement"
            : $"/api/v1/admin/wallets/{account.Owner}/statement";
        var below = (movement.Number + 1).ToString(CultureInfo.InvariantCulture);
        return new LedgerLink(
            account.ToString(),
            movement.Position,
            movement.Transfer,
            movement.PurchaseId,
            movement.Cause,
            $"{path}?cursor={below}&limit=1"
        );
    }
}

/// <param name="Summary">Of all that was recorded from chains in this list, whatever the filter; null for a single one.</param>
internal sealed record TransactionListResponse(
    IReadOnlyList<TransactionResponse> Transactions,
    TransactionSummaryResponse? Summary,
    PaginationResponse Pagination
);

/// <param name="Tokens">At most 100 tokens; what has failed is in no sum.</param>
internal sealed record TransactionSummaryResponse(
    long Count,
    IReadOnlyDictionary<string, long> ByStatus,
    IReadOnlyDictionary<string, long> ByType,
    IReadOnlyList<TokenTotalResponse> Tokens
)
{
    public static TransactionSummaryResponse Of(TransactionSummary summary) =>
        new(
            summary.Count(null, null),
            Enum.GetValues<TransactionStatus>()
                .ToDictionary(StrictEnumConverter<TransactionStatus>.NameOf, status => summary.Count(null, status)),
            Enum.GetValues<TransactionType>()
                .Where(LedgerTransactions.IsOnChain)
                .ToDictionary(StrictEnumConverter<TransactionType>.NameOf, type => summary.Count(type, null)),
            [
                .. summary.Tokens.Select(static token => new TokenTotalResponse(
                    token.Token,
                    token.Count,
                    token.Confirmed,
                    token.Pending
                )),
            ]
        );
}

internal sealed record TokenTotalResponse(string Token, long Count, string Confirmed, string Pending);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(RecordTransactionRequest))]
[JsonSerializable(typeof(SettleTransactionRequest))]
[JsonSerializable(typeof(TransactionResponse))]
[JsonSerializable(typeof(TransactionListResponse))]
internal sealed partial class TransactionJson : JsonSerializerContext;
