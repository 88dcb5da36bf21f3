using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Transactions;
using static Actors.Grains.Tests.Transactions.Chain;

namespace Actors.Grains.Tests.Transactions;

[Trait("Spec", "TX-1")]
public sealed class TransactionListRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Sums_follow_how_transactions_end_and_what_failed_is_in_none()
    {
        var tally = Fold(
            Change(1, "1.5"),
            Change(2, "0.25"),
            Change(3, "7", "USDC", TransactionType.Purchase),
            Change(1, "1.5", status: TransactionStatus.Confirmed),
            Change(3, "7", "USDC", TransactionType.Purchase, TransactionStatus.Failed)
        );

        var summary = TransactionListRules.Summarize(tally);

        Assert.Equal([new TokenTotal("ETH", 2, "1.5", "0.25"), new TokenTotal("USDC", 1, "0", "0")], summary.Tokens);
        Assert.Equal(
            (3, 1, 1, 1, 2),
            (
                summary.Count(null, null),
                summary.Count(null, TransactionStatus.Pending),
                summary.Count(null, TransactionStatus.Confirmed),
                summary.Count(TransactionType.Purchase, TransactionStatus.Failed),
                summary.Count(TransactionType.Transfer, null)
            )
        );
    }

    [Fact]
    public void However_many_tokens_are_made_up_the_state_stays_small_and_all_are_counted()
    {
        var tally = Fold([.. Enumerable.Range(0, 300).Select(static number => Change(number, "1", $"T{number}"))]);
        tally = TransactionListRules.Evolve(
            tally,
            TransactionListRules.Decide(Change(299, "1", "T299", status: TransactionStatus.Confirmed))
        );

        Assert.Equal(TransactionListRules.MostTokens, tally.Tokens.Count);
        Assert.Equal(300, TransactionListRules.Summarize(tally).Count(null, null));
    }

    private static TransactionTally Fold(params TransactionChange[] changes) =>
        changes.Aggregate(
            TransactionTally.Empty,
            static (tally, change) => TransactionListRules.Evolve(tally, TransactionListRules.Decide(change))
        );

    private static TransactionChange Change(
        int number,
        string amount,
        string token = "ETH",
        TransactionType type = TransactionType.Transfer,
        TransactionStatus status = TransactionStatus.Pending
    ) => new(Hash(number), type, status, token, amount, Noon);
}
