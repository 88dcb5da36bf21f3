using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Transactions;

namespace Actors.ApiHost.Transactions;

/// <summary>What is asked of the transactions: the one of a hash, or a page of a list.</summary>
internal sealed record TransactionQuery(TransactionHash? Hash, ListTransactions? List)
{
    public static Outcome<TransactionQuery> From(Call call, int listedUnlessAsked, Refusal otherwise)
    {
        var query = call.Http.Request.Query;
        if (query.ContainsKey("hash"))
        {
            var isAlone = query.Count == 1 && query["hash"].Count == 1;
            return !isAlone ? otherwise
                : TransactionHash.TryParse(call.Query("hash"), out var hash) ? new TransactionQuery(hash, null)
                : TransactionRefusals.InvalidTransactionHash;
        }
        var page = MergedPageQuery.From(call, listedUnlessAsked, ListTransactions.MaxOffset, otherwise);
        var type = call.Choice<TransactionType>("type", TransactionRefusals.InvalidTransactionType);
        var status = call.Choice<TransactionStatus>("status", otherwise);
        if ((page.Refusal ?? type.Refusal ?? status.Refusal) is { } refusal)
        {
            return refusal;
        }
        ChainAddress? address = null;
        if (query.ContainsKey("address"))
        {
            if (!ChainAddress.TryParse(call.Query("address"), out var given))
            {
                return TransactionRefusals.InvalidAddress;
            }
            address = given;
        }
        if (query.ContainsKey("userId") && !Identifier.IsValid(call.Query("userId")))
        {
            return IdentityRefusals.UserNotFound;
        }
        var (limit, offset, cursor) = page.Value;
        return new TransactionQuery(
            null,
            new ListTransactions(call.Query("userId"), address, type.Value, status.Value, limit, offset, cursor)
        );
    }
}
