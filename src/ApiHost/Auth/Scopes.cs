namespace Actors.ApiHost.Auth;

/// <summary>
/// What a service may be allowed to do and nothing else, by its token's <c>scope</c> (RFC 8693). A route names the one that
/// opens it; without a name, a service whose token has a scope is not let in.
/// </summary>
public static class Scopes
{
    public const string CreditBalances = "balances.credit";
    public const string ReadLedger = "ledger.read";
    public const string ReadMetrics = "metrics.read";
    public const string ReadProfiles = "profiles.read";
    public const string ReadActivity = "activity.read";
    public const string ReadTransactions = "transactions.read";
    public const string RenderTemplates = "templates.render";
    public const string WriteActivity = "activity.write";
    public const string WriteTransactions = "transactions.write";
}
