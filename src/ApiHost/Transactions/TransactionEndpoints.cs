using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Transactions;

namespace Actors.ApiHost.Transactions;

internal static class TransactionRoutes
{
    public static void MapTransactions(this IEndpointRouteBuilder routes) => routes.MapFeature<TransactionEndpoints>();
}

internal sealed class TransactionEndpoints(IGrainFactory grains) : IEndpoints
{
    private const int ListedUnlessAsked = 50;

    private static readonly Refusal NotYours = new(
        CommonRefusals.ForbiddenCode,
        "People record and read their own transactions; those of others are for admins and services."
    );

    private static readonly Refusal InvalidQuery = TransactionRefusals.InvalidQuery(
        "Name a hash by itself, or a userId, an address or both, and perhaps type and status; offset is at most 1000, and "
            + "cursor what a page before answered as next, without an offset."
    );

    public void Map(IEndpointRouteBuilder routes)
    {
        var transactions = routes
            .MapGroup("/api/transactions")
            .WithTags("Transactions")
            .Switchable(Features.Transactions);
        MapList(transactions);
        MapRecord(transactions);
        transactions
            .Put(
                "",
                Settle,
                TransactionJson.Default.SettleTransactionRequest,
                TransactionJson.Default.TransactionResponse
            )
            .For(Roles.Admin | Roles.Service, Scopes.WriteTransactions)
            .WithSummary("Says how a pending transaction has ended, once: confirmed with block and costs, or failed")
            .WithExample(
                $$"""{ "transactionHash": "0x{{new string('a', 64)}}", "status": "confirmed", "blockNumber": 123456, "gasUsed": "21000", "gasFee": "0.000021" }"""
            )
            .WhenMistyped("transactionHash", TransactionRefusals.InvalidTransactionHash)
            .WhenMistyped("status", TransactionRefusals.InvalidSettlement)
            .WhenMistyped("blockNumber", TransactionRefusals.InvalidSettlement)
            .WhenMistyped("gasUsed", TransactionRefusals.InvalidSettlement)
            .WhenMistyped("gasFee", TransactionRefusals.InvalidSettlement)
            .WhenMistyped("error", TransactionRefusals.InvalidSettlement)
            .Refuses(
                TransactionRefusals.InvalidTransactionHashCode,
                TransactionRefusals.InvalidSettlementCode,
                TransactionRefusals.TransactionNotFoundCode,
                TransactionRefusals.TransactionSettledCode
            );
    }

    private void MapList(IEndpointRouteBuilder transactions) =>
        transactions
            .Get("", List, TransactionJson.Default.TransactionListResponse)
            .For(Roles.Any, Scopes.ReadTransactions)
            .WithSummary(
                "Transactions of a hash, a person or an address, newest first, with sums; a person's own include the ledger's"
            )
            .WithQuery("hash", "Only the transaction with this hash.", typeof(string))
            .WithQuery(
                "userId",
                "Whose; the caller's own unless given, and required of admins and services.",
                typeof(string)
            )
            .WithQuery("address", "Only what comes from this address or goes to it.", typeof(string))
            .WithQuery(
                "type",
                "Only this type: purchase, transfer, evolution, gift, basename; of the ledger: tip, …",
                typeof(string)
            )
            .WithQuery("status", "Only pending, confirmed or failed ones.", typeof(string))
            .WithQuery("cursor", "Where to go on: what the page before answered as next.", typeof(string))
            .Paged(ListedUnlessAsked)
            .Refuses(
                TransactionRefusals.InvalidTransactionQueryCode,
                TransactionRefusals.InvalidTransactionHashCode,
                TransactionRefusals.InvalidAddressCode,
                TransactionRefusals.InvalidTransactionTypeCode,
                TransactionRefusals.TransactionNotFoundCode,
                IdentityRefusals.UserNotFoundCode
            );

    private void MapRecord(IEndpointRouteBuilder transactions) =>
        transactions
            .Post(
                "",
                Record,
                TransactionJson.Default.RecordTransactionRequest,
                TransactionJson.Default.TransactionResponse
            )
            .Creates()
            .For(Roles.Any, Scopes.WriteTransactions)
            .WithSummary("Records a transaction that was sent to a chain; it is pending")
            .WithExample(
                $$"""{ "transactionHash": "0x{{new string('a', 64)}}", "from": "0x{{new string('1', 40)}}", "to": "0x{{new string('2', 40)}}", "amount": "0.25", "token": "ETH", "network": "base-sepolia", "type": "transfer" }"""
            )
            .WhenMistyped("transactionHash", TransactionRefusals.InvalidTransactionHash)
            .WhenMistyped("from", TransactionRefusals.InvalidAddress)
            .WhenMistyped("to", TransactionRefusals.InvalidAddress)
            .WhenMistyped("amount", TransactionRefusals.InvalidAmount)
            .WhenMistyped("token", TransactionRefusals.InvalidToken)
            .WhenMistyped("network", TransactionRefusals.InvalidNetwork)
            .WhenMistyped("type", TransactionRefusals.InvalidTransactionType)
            .WhenMistyped("userId", IdentityRefusals.UserNotFound)
            .WhenMistyped("petId", CommonRefusals.InvalidPetId)
            .Refuses(
                TransactionRefusals.InvalidTransactionHashCode,
                TransactionRefusals.InvalidAddressCode,
                TransactionRefusals.InvalidAmountCode,
                TransactionRefusals.InvalidTokenCode,
                TransactionRefusals.InvalidNetworkCode,
                TransactionRefusals.InvalidTransactionTypeCode,
                CommonRefusals.InvalidPetIdCode,
                CommonRefusals.InvalidMetadataCode,
                TransactionRefusals.TransactionExistsCode,
                IdentityRefusals.UserNotFoundCode
            );

    private async ValueTask<Outcome<TransactionListResponse>> List(Call call)
    {
        var query = TransactionQuery.From(call, ListedUnlessAsked, InvalidQuery);
        if (query.Refusal is not null)
        {
            return query.Refusal;
        }
        var (hash, list) = query.Value!;
        if (hash is { } only)
        {
            return await FindAsync(call, only);
        }
        var scoped = Scoped(call, list!);
        if (scoped.Refusal is not null)
        {
            return scoped.Refusal;
        }
        var asked = scoped.Value!;
        var page = await grains.GetGrain<ITransactionDeskGrain>(ITransactionDeskGrain.Only).List(asked);
        return page.Map(found => new TransactionListResponse(
            [.. found.Items.Select(item => ResponseOf(item, found, isOwn: call.Caller.IsPerson))],
            TransactionSummaryResponse.Of(found.Summary),
            new PaginationResponse(
                found.Total,
                found.TotalIsExact,
                asked.Limit,
                asked.Offset,
                found.Next is not null,
                found.Next?.ToString()
            )
        ));
    }

    private async Task<Outcome<TransactionListResponse>> FindAsync(Call call, TransactionHash hash)
    {
        var found = await Transaction(hash).Find();
        // Somebody else's is as good as none.
        if (found is null || (call.Caller.IsPerson && found.UserId != call.Caller.Id))
        {
            return TransactionRefusals.TransactionNotFound;
        }
        return new TransactionListResponse(
            [TransactionResponse.Of(found)],
            null,
            new PaginationResponse(1, TotalIsExact: true, 1, 0, HasMore: false, null)
        );
    }

    private async ValueTask<Outcome<TransactionResponse>> Record(Call call, RecordTransactionRequest body)
    {
        if (!TransactionHash.TryParse(body.TransactionHash, out var hash))
        {
            return TransactionRefusals.InvalidTransactionHash;
        }
        if (!ChainAddress.TryParse(body.From, out var from) || !ChainAddress.TryParse(body.To, out var to))
        {
            return TransactionRefusals.InvalidAddress;
        }
        if (body.Type is not { } type)
        {
            return TransactionRefusals.InvalidTransactionType;
        }
        var userId = body.UserId ?? (call.Caller.IsPerson ? call.Caller.Id : null);
        if (call.Caller.IsPerson && userId != call.Caller.Id)
        {
            return NotYours;
        }
        if (!Identifier.IsValid(userId))
        {
            return IdentityRefusals.UserNotFound;
        }
        var command = new RecordTransaction(
            call.Actor(),
            from,
            to,
            body.Amount ?? "",
            body.Token ?? "",
            body.Network ?? RecordTransaction.UsualNetwork,
            type,
            userId!,
            body.PetId,
            JsonObjects.TextOf(body.Metadata)
        );
        return (await Transaction(hash).Record(command)).Map(made => call.Created(TransactionResponse.Of(made)));
    }

    private async ValueTask<Outcome<TransactionResponse>> Settle(Call call, SettleTransactionRequest body)
    {
        if (!TransactionHash.TryParse(body.TransactionHash, out var hash))
        {
            return TransactionRefusals.InvalidTransactionHash;
        }
        if (body.Status is not { } status)
        {
            return TransactionRefusals.InvalidSettlement;
        }
        var command = new SettleTransaction(
            call.Actor(),
            status,
            body.BlockNumber,
            body.GasUsed,
            body.GasFee,
            body.Error
        );
        return (await Transaction(hash).Settle(command)).Map(TransactionResponse.Of);
    }

    /// <summary>People see their own, whatever they ask for; others have to say whose.</summary>
    private static Outcome<ListTransactions> Scoped(Call call, ListTransactions asked)
    {
        var caller = call.Caller;
        if (!caller.IsPerson)
        {
            return asked.UserId is null && asked.Address is null ? InvalidQuery : asked;
        }
        return (asked.UserId ?? caller.Id) == caller.Id ? asked with { UserId = caller.Id } : NotYours;
    }

    private static TransactionResponse ResponseOf(TransactionItem item, TransactionPage page, bool isOwn) =>
        item.OnChain is { } onChain
            ? TransactionResponse.Of(onChain)
            : TransactionResponse.Of(item.InLedger!, page.Account!.Value, isOwn);

    private ITransactionGrain Transaction(TransactionHash hash) => grains.GetGrain<ITransactionGrain>(hash.Value);
}
