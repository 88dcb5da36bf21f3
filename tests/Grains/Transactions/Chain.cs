using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Transactions;
using Actors.TestKit;

namespace Actors.Grains.Tests.Transactions;

/// <summary>What tests about transactions say again and again.</summary>
internal static class Chain
{
    public static readonly ChainAddress Ana = ChainAddress.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    public static readonly ChainAddress Shop = ChainAddress.Parse("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
    public static readonly Actor Service = new(ActorRole.Service, "indexer");

    public static TransactionHash Hash(int number) => TransactionHash.Parse($"0x{number:x64}");

    public static RecordTransaction Sent(string userId, string amount = "1.5") =>
        new(
            new Actor(ActorRole.User, userId),
            Ana,
            Shop,
            amount,
            "eth",
            "base-sepolia",
            TransactionType.Transfer,
            userId
        );

    public static SettleTransaction Confirmed(long block = 100) =>
        new(Service, TransactionStatus.Confirmed, block, "21000", "0.000021");

    public static SettleTransaction Failed(string error = "out of gas") =>
        new(Service, TransactionStatus.Failed, Error: error);

    public static ITransactionGrain Transaction(this IGrainEngine engine, TransactionHash hash) =>
        engine.Grains.GetGrain<ITransactionGrain>(hash.Value);

    public static async Task<TransactionPage> ListAsync(this IGrainEngine engine, ListTransactions query)
    {
        var page = await engine.Grains.GetGrain<ITransactionDeskGrain>(ITransactionDeskGrain.Only).List(query);
        Assert.Null(page.Refusal);
        return page.Value!;
    }

    public static ListTransactions Of(string userId, int limit = 50, int offset = 0) =>
        new(userId, null, null, null, limit, offset);
}
