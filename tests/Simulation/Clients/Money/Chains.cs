using Actors.GrainInterfaces.Transactions;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>What there is on chains: a few transactions and addresses, so that clients get into each other's way.</summary>
internal static class Chains
{
    public const int Transactions = 6;

    public const string Network = "base-sepolia";

    public static readonly ChainAddress[] Addresses =
    [
        .. Enumerable.Range(1, 3).Select(static number => ChainAddress.Parse($"0x{number:x40}")),
    ];

    public static TransactionHash Hash(int number) => TransactionHash.Parse($"0x{number:x64}");

    public static string Transaction(TransactionHash hash) => $"transaction/{hash}";

    public static string List(string key) => $"transaction-list/{key}";

    /// <summary>Every list that there can be.</summary>
    public static IEnumerable<string> ListKeys(int users)
    {
        string[] names = [.. Enumerable.Range(1, users).Select(static number => $"user{number}")];
        return
        [
            .. names.Select(TransactionLists.OfUser),
            .. Addresses.Select(TransactionLists.OfAddress),
            .. names.SelectMany(static user =>
                Addresses.Select(address => TransactionLists.OfUserAndAddress(user, address))
            ),
        ];
    }
}

internal sealed record ReadTransaction;

internal sealed record ReadTransactionList;

/// <summary>A list as it was told: its entries newest first, and its sums.</summary>
internal sealed record ToldTransactions(TransactionEntries Entries, TransactionSummary Summary);
