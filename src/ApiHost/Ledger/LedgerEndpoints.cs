using System.Globalization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Ledger;

internal static class LedgerRoutes
{
    public static void MapLedger(this IEndpointRouteBuilder routes) => routes.MapFeature<LedgerEndpoints>();
}

internal sealed class LedgerEndpoints(IGrainFactory grains, RequestLimiter limiter) : IEndpoints
{
    private const int ListedUnlessAsked = 50;
    private const int PositionsUnlessAsked = 100;
    private const int MostPositions = 10_000;

    private static readonly Refusal InvalidStatement = new(
        LedgerRefusals.InvalidStatementCode,
        "asOf, from and to are times with their zone, cursor what a page before answered as next, kind that of a movement, "
            + "format csv or json."
    );

    private static readonly Refusal InvalidPositions = HttpRefusals.InvalidRequest(
        "positions is a whole number from 0 to 10000."
    );

    public void Map(IEndpointRouteBuilder routes)
    {
        var ledger = routes.MapGroup("/api/v1").WithTags("Ledger");
        MapStatement(ledger, "/statement", OwnStatement)
            .For(Roles.User | Roles.Model)
            .WithSummary("The caller's movements, newest first; the balance at a past time; or everything as a file");
        var admin = routes
            .MapGroup("/api/v1/admin")
            .WithTags("Ledger")
            .For(Roles.Admin | Roles.Service, Scopes.ReadLedger);
        MapStatement(admin, "/balances/{userId}/statement", UserStatement).WithSummary("A user's statement");
        MapStatement(admin, "/wallets/{modelId}/statement", ModelStatement).WithSummary("A model's statement");
        admin
            .Get("/ledger/proof", Prove, LedgerJson.Default.ProofResponse)
            .WithSummary("Adds up all accounts: nothing was lost, and nothing came from nowhere")
            .WithQuery("positions", "How many positions to name, 0 to 10000.", typeof(int), PositionsUnlessAsked)
            .Refuses(LedgerRefusals.ProofUnavailableCode, HttpRefusals.InvalidRequestCode);
    }

    /// <summary>Not one of the typed routes: what it answers with depends on what is asked.</summary>
    private static IEndpointConventionBuilder MapStatement(
        IEndpointRouteBuilder routes,
        string pattern,
        RequestDelegate handler
    ) =>
        routes
            .MapMethods(pattern, ["GET"], handler)
            .WithMetadata(handler.Method, new AnswerBody(LedgerJson.Default.StatementResponse))
            .WithQuery("limit", "Movements per page, 1 to 100.", typeof(int), ListedUnlessAsked)
            .WithQuery("cursor", "Where to go on: what the page before answered as next.", typeof(string))
            .WithQuery("asOf", "Answers what the account held at this time instead.", typeof(DateTimeOffset))
            .WithQuery(
                "kind",
                "Only movements of these kinds, with commas between: credit, debit, tip, purchase, …",
                typeof(string)
            )
            .WithQuery("from", "Only movements from this time on.", typeof(DateTimeOffset))
            .WithQuery("to", "Only movements before this time.", typeof(DateTimeOffset))
            .WithQuery("format", "csv or json: everything as a file, oldest first.", typeof(string))
            .Refuses(LedgerRefusals.InvalidStatementCode, HttpRefusals.InvalidPageCode, HttpRefusals.NotFoundCode);

    private Task OwnStatement(HttpContext http)
    {
        var caller = new Call(http).Caller;
        return ServeAsync(http, new AccountId(KindOf(caller.Role), caller.Id));
    }

    private Task UserStatement(HttpContext http) =>
        ServeAsync(http, new AccountId(AccountKind.Balance, new Call(http).Route("userId")!));

    private Task ModelStatement(HttpContext http) =>
        ServeAsync(http, new AccountId(AccountKind.Wallet, new Call(http).Route("modelId")!));

    private async Task ServeAsync(HttpContext http, AccountId account)
    {
        if (!Identifier.IsValid(account.Owner))
        {
            Problem.Write(http, HttpRefusals.NotFound);
            return;
        }
        var call = new Call(http);
        var statement = new StatementReader(grains, account);
        var query = StatementQuery.From(call, ListedUnlessAsked, InvalidStatement);
        if (query.Refusal is not null)
        {
            Problem.Write(http, query.Refusal);
            return;
        }
        var (limit, before, asOf, format, filter) = query.Value!;
        if (asOf is null && format is not null && Charge(call, RequestCosts.Export) is { } limited)
        {
            Problem.Write(http, limited);
            return;
        }
        await (
            (asOf, format) switch
            {
                ({ } time, _) => WriteAsync(statement.AsOfAsync(time), LedgerJson.Default.PastBalanceResponse),
                (_, "csv") => StatementExport.WriteCsvAsync(http, statement),
                (_, "json") => StatementExport.WriteJsonAsync(http, statement),
                _ => WriteAsync(statement.PageAsync(before, limit, filter), LedgerJson.Default.StatementResponse),
            }
        );

        async Task WriteAsync<T>(Task<T> answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> contract) =>
            JsonAnswer.Write(http, await answer, contract);
    }

    private async ValueTask<Outcome<ProofResponse>> Prove(Call call)
    {
        var positions = PositionsUnlessAsked;
        var given = call.Http.Request.Query["positions"];
        if (
            given.Count > 0
            && !(
                int.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out positions)
                && positions <= MostPositions
            )
        )
        {
            return InvalidPositions;
        }
        if (Charge(call, RequestCosts.Proof) is { } limited)
        {
            return limited;
        }
        var proof = await grains.GetGrain<ILedgerProofGrain>(ILedgerProofGrain.Only).Prove(positions);
        return proof.Map(ProofResponse.From);
    }

    private Refusal? Charge(Call call, int requests) =>
        limiter.Charge(call.Caller, requests, call.Http.Response.Headers);

    private static AccountKind KindOf(ActorRole role) =>
        role == ActorRole.Model ? AccountKind.Wallet : AccountKind.Balance;
}
