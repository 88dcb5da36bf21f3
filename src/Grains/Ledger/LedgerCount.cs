using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Ledger;

/// <summary>
/// One run over all accounts. They are frozen one after the other while tokens go on moving, so the frozen figures alone do
/// not add up: a transfer may be missing on both sides, or be there on both. Each of those is found by its number.
/// </summary>
/// <remarks>
/// First every account marks its oldest transfer that is not known to have arrived; everything older is on both sides,
/// since freezing begins later. The accounts are listed once more, because what is older may have opened one. Then all
/// freeze. Then each names its transfers from its mark on, and the receivers say which of them had arrived when they
/// froze. A transfer that was sent before its sender froze and had not arrived is on the way; one that was sent after and
/// had arrived is counted twice, and is taken off.
/// </remarks>
internal sealed class LedgerCount(IGrainFactory grains, string proof)
{
    private const int AtOnce = 256;
    private const int Page = 1_000;

    private readonly SortedDictionary<string, Frozen> _accounts = new(StringComparer.Ordinal);

    /// <summary>Null when an account forgot in between what it had frozen, as after a crash.</summary>
    public async Task<LedgerProof?> RunAsync(int positions)
    {
        await MarkAsync();
        await AddOpenedMeanwhileAsync();
        await EachAsync(_accounts.Values, async account => account.Cut = await GrainOf(account.Id).Freeze(proof));
        await AddOpenedMeanwhileAsync();
        var transfers = await OutgoingAsync();
        var arrived = await ArrivedAsync(transfers);
        return arrived is null ? null : Add(transfers, arrived, await OutsideAsync(), positions);
    }

    private async Task MarkAsync()
    {
        foreach (var id in await ListAsync())
        {
            _accounts.Add(id.ToString(), new Frozen(id));
        }
        await EachAsync(_accounts.Values, async account => account.Mark = await GrainOf(account.Id).Mark());
    }

    /// <summary>
    /// They have no mark: all that they have ever sent is asked for. Those that are not frozen either count as empty, and
    /// nothing that was sent to them had been acknowledged when its sender was marked.
    /// </summary>
    private async Task AddOpenedMeanwhileAsync()
    {
        foreach (var id in await ListAsync())
        {
            _accounts.TryAdd(id.ToString(), new Frozen(id));
        }
    }

    private async Task<IReadOnlyList<AccountId>> ListAsync()
    {
        var shards = await Task.WhenAll(Shards.Keys.Select(ListAsync));
        return [.. shards.SelectMany(static accounts => accounts)];
    }

    private async Task<List<AccountId>> ListAsync(string shard)
    {
        var directory = grains.GetGrain<IAccountDirectoryGrain>(shard);
        var all = new List<AccountId>();
        while (await directory.List(all.Count, Page) is { Accounts.Count: > 0 } page)
        {
            all.AddRange(page.Accounts);
        }
        return all;
    }

    private async Task<IReadOnlyList<(Frozen Sender, OutgoingTransfer Transfer)>> OutgoingAsync()
    {
        var transfers = new List<(Frozen, OutgoingTransfer)>();
        await EachAsync(
            _accounts.Values,
            async account =>
            {
                long? from = account.Mark;
                while (from is { } version)
                {
                    var page = await GrainOf(account.Id).Outgoing(version, Page);
                    transfers.AddRange(page.Transfers.Select(transfer => (account, transfer)));
                    from = page.Next;
                }
            }
        );
        return transfers;
    }

    private async Task<HashSet<Delivery>?> ArrivedAsync(
        IReadOnlyList<(Frozen Sender, OutgoingTransfer Transfer)> transfers
    )
    {
        var arrived = new HashSet<Delivery>();
        var forgotten = false;
        var batches = transfers
            .Select(static sent => sent.Transfer)
            .GroupBy(static transfer => transfer.To)
            .SelectMany(static to => to.Chunk(Page).Select(batch => (to.Key, Batch: batch)));
        await EachAsync(
            batches,
            async to =>
            {
                // An account that was not frozen counts as empty: nothing had arrived.
                if (_accounts.GetValueOrDefault(to.Key.ToString())?.Cut is null)
                {
                    return;
                }
                var deliveries = to.Batch.Select(static transfer => transfer.Delivery).ToArray();
                var answer = await GrainOf(to.Key).Arrived(proof, deliveries);
                forgotten |= answer is null;
                arrived.UnionWith(deliveries.Where((_, index) => answer?.Arrived[index] ?? false));
            }
        );
        return forgotten ? null : arrived;
    }

    /// <summary>Each shard is consistent in itself, for every movement has all of its sides in one.</summary>
    private async Task<IReadOnlyList<OutsideMoney>> OutsideAsync()
    {
        var shards = await Task.WhenAll(
            Shards.Keys.Select(shard => grains.GetGrain<IOutsideMoneyGrain>(shard).Figures())
        );
        return
        [
            .. shards
                .SelectMany(static shard => shard.Currencies)
                .GroupBy(static money => money.Currency)
                .OrderBy(static same => same.Key, StringComparer.Ordinal)
                .Select(static same => same.Aggregate(static (sum, money) => sum + money)),
        ];
    }

    private LedgerProof Add(
        IReadOnlyList<(Frozen Sender, OutgoingTransfer Transfer)> transfers,
        HashSet<Delivery> arrived,
        IReadOnlyList<OutsideMoney> outside,
        int positions
    )
    {
        var inTransit = transfers.Sum(sent =>
            (sent.Transfer.Version <= sent.Sender.Version, arrived.Contains(sent.Transfer.Delivery)) switch
            {
                (true, false) => sent.Transfer.Tokens.Count,
                (false, true) => -sent.Transfer.Tokens.Count,
                _ => 0,
            }
        );
        return new LedgerProof(
            Sum(static account => account.Cut?.Issued),
            Sum(static account => account.Cut?.Redeemed),
            Sum(static account => account.Id.Kind == AccountKind.Balance ? account.Cut?.Available : null),
            Sum(static account => account.Cut?.Held),
            Sum(static account => account.Id.Kind == AccountKind.Wallet ? account.Cut?.Available : null),
            inTransit,
            _accounts.Count,
            [
                .. _accounts
                    .Values.Take(positions)
                    .Select(static account => new AccountPosition(account.Id, account.Version)),
            ],
            Digest(),
            TimeSpan.Zero,
            outside
        );
    }

    private Tokens Sum(Func<Frozen, Tokens?> part) =>
        _accounts.Values.Aggregate(Tokens.None, (sum, account) => sum + (part(account) ?? Tokens.None));

    private string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, account) in _accounts)
        {
            hash.AppendData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}@{account.Version}\n"))
            );
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private ILedgerAccountGrain GrainOf(AccountId account) =>
        account.Kind == AccountKind.Balance
            ? grains.GetGrain<IBalanceGrain>(account.Owner)
            : grains.GetGrain<IWalletGrain>(account.Owner);

    private static async Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> action)
    {
        foreach (var some in items.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(action));
        }
    }

    private sealed class Frozen(AccountId id)
    {
        public AccountId Id { get; } = id;

        public long Mark { get; set; } = 1;

        public AccountCut? Cut { get; set; }

        public long Version => Cut?.Version ?? 0;
    }
}
