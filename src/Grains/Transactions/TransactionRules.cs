using System.Numerics;
using System.Text.Json;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Texts;
using Actors.Grains.Transactions.Nodes;

namespace Actors.Grains.Transactions;

/// <summary>Everything that is decided about one transaction. Pure: knows no grain, no clock, no storage.</summary>
public static class TransactionRules
{
    public const int MaxErrorLength = 500;

    private const int MaxTokenLength = 16;
    private const int MaxNetworkLength = 32;
    private const long MaxBlockNumber = (1L << 53) - 1;
    private const string FailedOnChain = "The chain has carried it out without success.";

    private static readonly Actor Node = new(ActorRole.System, "chain-node");

    /// <summary>Null when the same is recorded already.</summary>
    /// <param name="lookAfter">How soon a node is asked for its receipt; null when none is.</param>
    public static Outcome<TransactionEvent?> Decide(
        Transaction transaction,
        TransactionHash hash,
        RecordTransaction command,
        DateTimeOffset now,
        TimeSpan? lookAfter
    )
    {
        if (Refuse(command) is { } refusal)
        {
            return refusal;
        }
        var recorded = new TransactionRecorded(
            now,
            command.Actor,
            hash,
            command.From,
            command.To,
            command.Amount,
            command.Token.ToUpperInvariant(),
            command.Network,
            command.Type,
            command.UserId,
            command.PetId,
            command.Metadata,
            now + lookAfter
        );
        return transaction.Recorded is not { } before ? recorded
            : IsSame(before, recorded) ? (TransactionEvent?)null
            : TransactionRefusals.TransactionExists;
    }

    /// <summary>Null when it has ended just so already.</summary>
    public static Outcome<TransactionEvent?> Decide(
        Transaction transaction,
        SettleTransaction command,
        DateTimeOffset now
    )
    {
        if (!IsComplete(command))
        {
            return TransactionRefusals.InvalidSettlement;
        }
        if (transaction.Recorded is not { } recorded)
        {
            return TransactionRefusals.TransactionNotFound;
        }
        var settled = EndBy(command, recorded.Facts, now);
        return transaction.End is not { } end ? settled
            : end == EndOf(settled) with { At = end.At } ? (TransactionEvent?)null
            : TransactionRefusals.TransactionSettled;
    }

    /// <summary>A node is to be asked; null when it is not.</summary>
    public static TransactionLookBegun? DecideLook(
        Transaction transaction,
        DateTimeOffset now,
        TransactionOptions options
    )
    {
        if (transaction is not { Recorded: { } recorded, LookAt: { } due } || due > now)
        {
            return null;
        }
        var next = now + options.PauseAfter(transaction.Looks + 1);
        return new TransactionLookBegun(now, next <= recorded.At + options.Watch ? next : null);
    }

    /// <summary>
    /// What follows from what a node has answered: nothing while there is no receipt or too few blocks have come on top of it.
    /// Nothing is kept of a receipt before, so that one which a reorganisation takes away was never believed.
    /// </summary>
    public static TransactionEvent? DecideReceipt(
        Transaction transaction,
        ReceiptLook look,
        DateTimeOffset now,
        TransactionOptions options
    )
    {
        if (transaction is not { Recorded: { } recorded, End: null } || look.Receipt is not { } receipt)
        {
            return null;
        }
        // Whoever names somebody else's hash is not confirmed by it.
        if (receipt.From != recorded.From || look.NewestBlock - receipt.BlockNumber + 1 < options.Confirmations)
        {
            return null;
        }
        return receipt.HasSucceeded
            ? new TransactionConfirmed(now, Node, recorded.Facts, receipt.BlockNumber, receipt.GasUsed, receipt.GasFee)
            : new TransactionFailed(now, Node, recorded.Facts, FailedOnChain);
    }

    public static Transaction Evolve(Transaction transaction, TransactionEvent @event) =>
        @event switch
        {
            TransactionRecorded recorded => transaction with { Recorded = recorded, LookAt = recorded.LookAt },
            TransactionLookBegun look => transaction with { LookAt = look.NextAt, Looks = transaction.Looks + 1 },
            _ => transaction with { End = EndOf(@event), LookAt = null },
        };

    /// <summary>What the transaction's lists are told.</summary>
    public static TransactionChange ChangeOf(TransactionFacts facts, TransactionStatus status) =>
        new(facts.Hash, facts.Kind, status, facts.Token, facts.Amount, facts.RecordedAt);

    /// <summary>How it reads among what the person did.</summary>
    public static ActivityEntry ActivityOf(TransactionFacts facts, TransactionStatus status) =>
        new(
            ActivityCategory.Wallet,
            status switch
            {
                TransactionStatus.Pending => "transaction_recorded",
                TransactionStatus.Confirmed => "transaction_confirmed",
                _ => "transaction_failed",
            },
            Details: JsonSerializer.Serialize(
                new TransactionTold(facts.Hash, facts.Kind, facts.Amount, facts.Token),
                TransactionJson.Default.TransactionTold
            )
        );

    /// <summary>The lists that a transaction is in, each once.</summary>
    public static IReadOnlyList<string> ListsOf(TransactionFacts facts) =>
        [
            .. new[]
            {
                TransactionLists.OfUser(facts.UserId),
                TransactionLists.OfAddress(facts.From),
                TransactionLists.OfAddress(facts.To),
                TransactionLists.OfUserAndAddress(facts.UserId, facts.From),
                TransactionLists.OfUserAndAddress(facts.UserId, facts.To),
            }.Distinct(),
        ];

    public static TransactionView View(TransactionRecorded recorded, TransactionEnd? end) =>
        new(
            recorded.Hash,
            recorded.From,
            recorded.To,
            recorded.Amount,
            recorded.Token,
            recorded.Network,
            recorded.Kind,
            end?.Status ?? TransactionStatus.Pending,
            recorded.At,
            recorded.UserId,
            recorded.PetId,
            recorded.Metadata,
            end?.BlockNumber,
            end?.GasUsed,
            end?.GasFee,
            end?.Error,
            end?.At
        );

    private static Refusal? Refuse(RecordTransaction command) =>
        !DecimalText.TryRead(command.Amount, out var amount) || amount <= BigInteger.Zero
            ? TransactionRefusals.InvalidAmount
        : !IsToken(command.Token) ? TransactionRefusals.InvalidToken
        : !IsNetwork(command.Network) ? TransactionRefusals.InvalidNetwork
        : !Enum.IsDefined(command.Type) || !LedgerTransactions.IsOnChain(command.Type)
            ? TransactionRefusals.InvalidTransactionType
        : command.PetId is not null && !Identifier.IsValid(command.PetId) ? CommonRefusals.InvalidPetId
        : JsonObjectText.IsBroken(command.Metadata) ? CommonRefusals.InvalidMetadata
        : null;

    private static bool IsToken(string text) =>
        text.Length is >= 1 and <= MaxTokenLength && text.All(char.IsAsciiLetterOrDigit);

    private static bool IsNetwork(string text) =>
        text.Length is >= 1 and <= MaxNetworkLength
        && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The same content for the same person, whoever has sent it and from where.</summary>
    private static bool IsSame(TransactionRecorded before, TransactionRecorded again) =>
        before == again with { At = before.At, Actor = before.Actor, LookAt = before.LookAt };

    /// <summary>False for a command that says too little, or what belongs to the other end.</summary>
    private static bool IsComplete(SettleTransaction command) =>
        command.Status switch
        {
            TransactionStatus.Confirmed => command.BlockNumber is >= 0 and <= MaxBlockNumber
                && DecimalText.IsWhole(command.GasUsed)
                && DecimalText.TryRead(command.GasFee, out _)
                && command.Error is null,
            TransactionStatus.Failed => command is { BlockNumber: null, GasUsed: null, GasFee: null }
                && ErrorOf(command) is not null,
            _ => false,
        };

    private static TransactionEvent EndBy(SettleTransaction command, TransactionFacts facts, DateTimeOffset now) =>
        command.Status == TransactionStatus.Confirmed
            ? new TransactionConfirmed(
                now,
                command.Actor,
                facts,
                command.BlockNumber!.Value,
                command.GasUsed!,
                command.GasFee!
            )
            : new TransactionFailed(now, command.Actor, facts, ErrorOf(command)!);

    private static string? ErrorOf(SettleTransaction command) => PlainText.Read(command.Error, MaxErrorLength).Kept;

    private static TransactionEnd EndOf(TransactionEvent @event) =>
        @event switch
        {
            TransactionConfirmed e => new(e.At, TransactionStatus.Confirmed, e.BlockNumber, e.GasUsed, e.GasFee, null),
            TransactionFailed e => new(e.At, TransactionStatus.Failed, null, null, null, e.Error),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}
