using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Ledger;

/// <summary>One account's statement, whichever grain holds it.</summary>
internal sealed class StatementReader(IGrainFactory grains, AccountId account)
{
    private const int ExportPage = 1_000;

    public AccountId Account { get; } = account;

    private IBalanceGrain Balance => grains.GetGrain<IBalanceGrain>(Account.Owner);

    private IWalletGrain Wallet => grains.GetGrain<IWalletGrain>(Account.Owner);

    private bool IsBalance => Account.Kind == AccountKind.Balance;

    /// <summary>Newest first.</summary>
    public async Task<StatementResponse> PageAsync(long? before, int limit, StatementFilter filter)
    {
        var page = await (
            IsBalance ? Balance.Statement(before, limit, filter) : Wallet.Statement(before, limit, filter)
        );
        var movements = await grains.ShowAsync(Account.Owner, page.Movements);
        return new StatementResponse(
            Account.ToString(),
            [.. movements.Select(MovementResponse.Of)],
            page.Next?.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    public async Task<PastBalanceResponse> AsOfAsync(DateTimeOffset time)
    {
        if (IsBalance)
        {
            var balance = await Balance.AsOf(time);
            return new PastBalanceResponse(
                Account.ToString(),
                time,
                balance.Available.Count,
                balance.Held.Count,
                balance.LoyaltyPoints
            );
        }
        var wallet = await Wallet.AsOf(time);
        return new PastBalanceResponse(Account.ToString(), time, wallet.Tokens.Count, 0, 0);
    }

    /// <summary>Everything, oldest first.</summary>
    public async IAsyncEnumerable<MovementResponse> AllAsync()
    {
        long? after = 0;
        while (after is { } from)
        {
            var page = await (IsBalance ? Balance.Since(from, ExportPage) : Wallet.Since(from, ExportPage));
            foreach (var movement in await grains.ShowAsync(Account.Owner, page.Movements))
            {
                yield return MovementResponse.Of(movement);
            }
            after = page.Next;
        }
    }
}
