using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Ledger;

/// <summary>Accounts by their owners, whichever grain holds them.</summary>
internal static class Accounts
{
    /// <summary>A user's balance or a model's wallet; null when nobody is known by the id.</summary>
    public static async Task<AccountId?> AccountOfAsync(this IGrainFactory grains, string personId) =>
        await grains.GetGrain<IPersonGrain>(personId).Find() switch
        {
            PersonKind.User => AccountId.OfUser(personId),
            PersonKind.Model => AccountId.OfModel(personId),
            _ => null,
        };

    /// <summary>Newest first.</summary>
    public static Task<StatementPage> StatementAsync(
        this IGrainFactory grains,
        AccountId account,
        long? before,
        int limit,
        StatementFilter filter
    ) =>
        account.Kind == AccountKind.Balance
            ? grains.GetGrain<IBalanceGrain>(account.Owner).Statement(before, limit, filter)
            : grains.GetGrain<IWalletGrain>(account.Owner).Statement(before, limit, filter);

    /// <summary>Oldest first.</summary>
    public static Task<StatementPage> MovementsSinceAsync(
        this IGrainFactory grains,
        AccountId account,
        long after,
        int limit
    ) =>
        account.Kind == AccountKind.Balance
            ? grains.GetGrain<IBalanceGrain>(account.Owner).Since(after, limit)
            : grains.GetGrain<IWalletGrain>(account.Owner).Since(after, limit);
}
