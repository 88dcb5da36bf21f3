using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;

namespace Actors.ApiHost.Ledger;

/// <param name="Next">The cursor of the page after this; null on the last one.</param>
internal sealed record StatementResponse(string Account, IReadOnlyList<MovementResponse> Movements, string? Next);

/// <param name="Id">Names the movement in its account; a later one has a higher number.</param>
/// <param name="Position">The number of the event in the account, as proofs name it.</param>
/// <param name="Transfer">The same on both sides of the movement.</param>
/// <param name="Available">What was free after it.</param>
internal sealed record MovementResponse(
    long Id,
    long Position,
    DateTimeOffset At,
    [property: JsonConverter(typeof(StrictEnumConverter<MovementKind>))] MovementKind Kind,
    long Tokens,
    string From,
    string To,
    string Transfer,
    string? PurchaseId,
    string? Cause,
    long Available,
    long Held,
    long LoyaltyPoints
)
{
    public static MovementResponse Of(Movement movement) =>
        new(
            movement.Number,
            movement.Position,
            movement.At,
            movement.Kind,
            movement.Tokens.Count,
            movement.From,
            movement.To,
            movement.Transfer,
            movement.PurchaseId,
            movement.Cause,
            movement.Available.Count,
            movement.Held.Count,
            movement.LoyaltyPoints
        );
}

/// <summary>What an account held at a time in the past.</summary>
internal sealed record PastBalanceResponse(
    string Account,
    DateTimeOffset AsOf,
    long Available,
    long Held,
    long LoyaltyPoints
);

/// <param name="InTransit">Given by one account and not yet taken in by the other.</param>
/// <param name="Positions">How far the figures go in each account, as many as were asked for.</param>
/// <param name="Outside">Money that came in through providers, by currency in its smallest unit.</param>
/// <param name="PositionsDigest">SHA-256 over the lines account@version of all accounts in order.</param>
internal sealed record ProofResponse(
    bool Conserved,
    long Issued,
    long Redeemed,
    long Available,
    long Held,
    long Wallets,
    long InTransit,
    long Accounts,
    IReadOnlyList<PositionResponse> Positions,
    string PositionsDigest,
    double TookMs,
    IReadOnlyList<OutsideMoneyResponse> Outside
)
{
    public static ProofResponse From(LedgerProof proof) =>
        new(
            proof.Conserved,
            proof.Issued.Count,
            proof.Redeemed.Count,
            proof.Available.Count,
            proof.Held.Count,
            proof.Wallets.Count,
            proof.InTransit,
            proof.Accounts,
            [.. proof.Positions.Select(static at => new PositionResponse(at.Account.ToString(), at.Version))],
            proof.PositionsDigest,
            Math.Round(proof.Took.TotalMilliseconds, 3),
            [.. proof.Outside.Select(OutsideMoneyResponse.From)]
        );
}

/// <summary>Received = refunded + held + earned.</summary>
/// <param name="Held">For bookings that are not over, and for refunds on their way.</param>
/// <param name="Earned">By performers.</param>
internal sealed record OutsideMoneyResponse(
    string Currency,
    long Received,
    long Refunded,
    long Held,
    long Earned,
    bool Conserved
)
{
    public static OutsideMoneyResponse From(OutsideMoney money) =>
        new(money.Currency, money.Received, money.Refunded, money.Held, money.Earned, money.Conserved);
}

internal sealed record PositionResponse(string Account, long Version);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(StatementResponse))]
[JsonSerializable(typeof(MovementResponse))]
[JsonSerializable(typeof(PastBalanceResponse))]
[JsonSerializable(typeof(ProofResponse))]
internal sealed partial class LedgerJson : JsonSerializerContext;
