using System.Numerics;
using Actors.GrainInterfaces.Transactions;

namespace Actors.Grains.Transactions;

/// <summary>How transactions are listed and added up. Pure: knows no grain, no clock, no storage.</summary>
public static class TransactionListRules
{
    /// <summary>Tokens that are added up in one list; further ones are counted, for anybody can make up names.</summary>
    public const int MostTokens = 100;

    public static TransactionListEvent Decide(TransactionChange change) =>
        change.Status == TransactionStatus.Pending ? new TransactionListed(change) : new TransactionEnded(change);

    public static TransactionTally Evolve(TransactionTally tally, TransactionListEvent @event)
    {
        var change = @event.Change;
        DecimalText.TryRead(change.Amount, out var amount);
        return @event switch
        {
            TransactionListed => Sum(Count(tally, change, change.Status, 1), change.Token, 1, amount, default),
            TransactionEnded => Sum(
                Count(Count(tally, change, TransactionStatus.Pending, -1), change, change.Status, 1),
                change.Token,
                0,
                -amount,
                change.Status == TransactionStatus.Confirmed ? amount : default
            ),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
    }

    public static TransactionSummary Summarize(TransactionTally tally) =>
        new(
            tally.Counts,
            [
                .. tally
                    .Tokens.OrderBy(static token => token.Key, StringComparer.Ordinal)
                    .Select(static token => new TokenTotal(
                        token.Key,
                        token.Value.Count,
                        token.Value.Confirmed,
                        token.Value.Pending
                    )),
            ]
        );

    private static TransactionTally Count(
        TransactionTally tally,
        TransactionChange change,
        TransactionStatus status,
        int by
    )
    {
        var (type, counts) = (change.Type, tally.Counts);
        for (var index = 0; index < counts.Length; index++)
        {
            if (counts[index].Type == type && counts[index].Status == status)
            {
                var count = counts[index] with { Count = counts[index].Count + by };
                return tally with { Counts = counts.SetItem(index, count) };
            }
        }
        return tally with { Counts = counts.Add(new TransactionCount(type, status, by)) };
    }

    private static TransactionTally Sum(
        TransactionTally tally,
        string token,
        int count,
        BigInteger pending,
        BigInteger confirmed
    )
    {
        if (!tally.Tokens.TryGetValue(token, out var sums))
        {
            if (tally.Tokens.Count >= MostTokens)
            {
                return tally;
            }
            sums = new TokenSums(0, "0", "0");
        }
        var after = new TokenSums(sums.Count + count, Plus(sums.Confirmed, confirmed), Plus(sums.Pending, pending));
        return tally with { Tokens = tally.Tokens.SetItem(token, after) };
    }

    private static string Plus(string sum, BigInteger units) => DecimalText.Of(DecimalText.Read(sum) + units);
}
