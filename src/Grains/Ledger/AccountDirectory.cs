using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Ledger;

/// <summary>The shards of the account directory, used as one.</summary>
internal static class AccountDirectory
{
    public static Task<long> OpenAccountAsync(this IGrainFactory grains, AccountId account) =>
        grains.GetGrain<IAccountDirectoryGrain>(Shards.Of(account.Owner)).Open(account);
}
