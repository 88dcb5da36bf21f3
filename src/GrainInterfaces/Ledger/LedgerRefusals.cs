using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>What every command that moves tokens can be refused with.</summary>
public static class LedgerRefusals
{
    public const string InsufficientBalanceCode = "INSUFFICIENT_BALANCE";
    public const string InsufficientWalletCode = "INSUFFICIENT_WALLET";
    public const string InvalidTokensCode = "INVALID_TOKENS";
    public const string InvalidReasonCode = "INVALID_REASON";
    public const string AmountNotAllowedCode = "AMOUNT_NOT_ALLOWED";
    public const string IdempotencyKeyRequiredCode = "IDEMPOTENCY_KEY_REQUIRED";
    public const string IdempotencyKeyReusedCode = "IDEMPOTENCY_KEY_REUSED";
    public const string InvalidStatementCode = "INVALID_STATEMENT_REQUEST";
    public const string ProofUnavailableCode = "PROOF_UNAVAILABLE";

    public const int MaxReasonLength = 500;

    public static readonly Refusal InsufficientBalance = new(
        InsufficientBalanceCode,
        "The balance holds fewer tokens than this costs."
    );

    public static readonly Refusal InsufficientWallet = new(
        InsufficientWalletCode,
        "The wallet no longer holds that many tokens."
    );

    public static readonly Refusal InvalidTokens = new(
        InvalidTokensCode,
        "tokens is a whole number from 1 to 1000000000000, and a balance holds no more than that."
    );

    public static readonly Refusal InvalidReason = new(InvalidReasonCode, "reason is a text of 1 to 500 characters.");

    public static readonly Refusal AmountNotAllowed = new(
        AmountNotAllowedCode,
        "The price is the server's: a purchase names no amount, price or token value."
    );

    public static readonly Refusal IdempotencyKeyRequired = new(
        IdempotencyKeyRequiredCode,
        "Send an idempotency key of 1 to 255 printable ASCII characters, in the body or in Idempotency-Key."
    );

    public static readonly Refusal IdempotencyKeyReused = new(
        IdempotencyKeyReusedCode,
        "This idempotency key was used for another request."
    );

    public static readonly Refusal ProofUnavailable = new(
        ProofUnavailableCode,
        "Accounts could not be read together; try again."
    );
}
