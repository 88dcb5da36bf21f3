using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>
/// Every account that has ever held tokens, with a number for each; the key is a shard of the owner's id. An account is
/// listed here before its first movement, so that whoever adds up the ledger misses none.
/// </summary>
[Alias("IAccountDirectoryGrain")]
public interface IAccountDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Lists the account. Listed again it keeps its number.</summary>
    Task<long> Open(AccountId account);

    /// <summary>The account with this number; null when there is none.</summary>
    [ReadOnly]
    Task<AccountId?> Resolve(long number);

    /// <summary>At most <paramref name="limit"/> accounts listed after the first <paramref name="skip"/>, oldest first.</summary>
    [ReadOnly]
    ValueTask<AccountList> List(int skip, int limit);
}

[GenerateSerializer, Immutable, Alias("AccountList")]
public sealed record AccountList([property: Id(0)] IReadOnlyList<AccountId> Accounts);

/// <summary>Which shard a number belongs to. Persisted in purchase ids: it may never change.</summary>
public static class AccountNumber
{
    public static long Of(int shard, long place) => (place * Shards.Count) + shard;

    public static string ShardOf(long number) => Shards.Keys[(int)(number % Shards.Count)];

    public static long PlaceOf(long number) => number / Shards.Count;
}
