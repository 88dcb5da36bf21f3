using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Payments;

/// <summary>
/// One session of the sandbox: what a provider would know of it on its own machines. The key is the payment's id. A
/// developer, or a test, does here what a person would do at a bank.
/// </summary>
[Alias("ISandboxPaymentGrain")]
public interface ISandboxPaymentGrain : IGrainWithStringKey
{
    /// <summary>Repeated, answers the same.</summary>
    Task<SandboxSession> Open(Money amount);

    [ReadOnly]
    ValueTask<SandboxSession?> Get();

    /// <summary>Pays, also what is closed or paid already: real money is like that.</summary>
    /// <param name="amount">Another one than was asked for; null for what was.</param>
    Task<Outcome<SandboxSession>> Pay(Money? amount = null);

    Task<Outcome<SandboxSession>> Decline();

    /// <summary>True when nobody had paid.</summary>
    Task<bool> Close();

    /// <summary>Gives back what was paid under a reference; repeated with the same key, does it once.</summary>
    Task<Outcome<Done>> Refund(string key, string reference, Money amount);
}

public enum SandboxStatus
{
    Open,
    Paid,
    Declined,
    Closed,
}

/// <param name="Token">Whoever knows it may act on the session's page.</param>
/// <param name="Paid">How often it was paid.</param>
/// <param name="LastPaid">What came last; null while nothing has.</param>
[GenerateSerializer, Immutable, Alias("SandboxSession")]
public sealed record SandboxSession(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] string Token,
    [property: Id(2)] Money Amount,
    [property: Id(3)] SandboxStatus Status,
    [property: Id(4)] int Paid,
    [property: Id(5)] int Refunds,
    [property: Id(6)] Money? LastPaid
)
{
    /// <summary>Leaves the token out, so that logging cannot leak it.</summary>
    public override string ToString() => $"{nameof(SandboxSession)} {PaymentId} {Status}";
}
