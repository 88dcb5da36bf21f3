using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Transactions;

public static class TransactionRefusals
{
    public const string TransactionNotFoundCode = "TRANSACTION_NOT_FOUND";
    public const string TransactionExistsCode = "TRANSACTION_EXISTS";
    public const string TransactionSettledCode = "TRANSACTION_SETTLED";
    public const string InvalidTransactionHashCode = "INVALID_TRANSACTION_HASH";
    public const string InvalidAddressCode = "INVALID_ADDRESS";
    public const string InvalidAmountCode = "INVALID_AMOUNT";
    public const string InvalidTokenCode = "INVALID_TOKEN";
    public const string InvalidNetworkCode = "INVALID_NETWORK";
    public const string InvalidTransactionTypeCode = "INVALID_TRANSACTION_TYPE";
    public const string InvalidSettlementCode = "INVALID_SETTLEMENT";
    public const string InvalidTransactionQueryCode = "INVALID_TRANSACTION_QUERY";

    public static readonly Refusal TransactionNotFound = new(
        TransactionNotFoundCode,
        "Nobody has recorded a transaction with this hash."
    );

    public static readonly Refusal TransactionExists = new(
        TransactionExistsCode,
        "A transaction with this hash is recorded already, with other content or by somebody else."
    );

    public static readonly Refusal TransactionSettled = new(
        TransactionSettledCode,
        "This transaction has ended already, in another way."
    );

    public static readonly Refusal InvalidTransactionHash = new(
        InvalidTransactionHashCode,
        "transactionHash is 0x and 64 hexadecimal digits."
    );

    public static readonly Refusal InvalidAddress = new(
        InvalidAddressCode,
        "from and to are 0x and 40 hexadecimal digits; digits of mixed case must have the checksum of EIP-55."
    );

    public static readonly Refusal InvalidAmount = new(
        InvalidAmountCode,
        "amount is a text with a decimal number above 0: at most 30 digits before the point and 18 after it."
    );

    public static readonly Refusal InvalidToken = new(InvalidTokenCode, "token is 1 to 16 letters and digits.");

    public static readonly Refusal InvalidNetwork = new(
        InvalidNetworkCode,
        "network is 1 to 32 of a–z, 0–9 and -, such as base-sepolia."
    );

    public static readonly Refusal InvalidTransactionType = new(
        InvalidTransactionTypeCode,
        "type is one of purchase, transfer, evolution, gift, basename."
    );

    public static readonly Refusal InvalidSettlement = new(
        InvalidSettlementCode,
        "Send status confirmed with blockNumber, gasUsed and gasFee, or status failed with an error of 1 to 500 characters."
    );

    public static Refusal InvalidQuery(string message) => new(InvalidTransactionQueryCode, message);
}
