using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Payments.Providers;

namespace Actors.Grains.Payments.Sandbox;

/// <summary>What the sandbox does: as little as a provider must, and whatever may happen at one. Pure.</summary>
public static class SandboxRules
{
    /// <summary>Also on what is closed or paid: money that is on its way does not know.</summary>
    public const int MaxPayments = 10;

    private static readonly Refusal Overdrawn = new(
        PaymentRefusals.PaymentRefusedCode,
        "More than was paid cannot go back."
    );

    public static Outcome<SandboxEvent?> Pay(SandboxPayment session, Money? amount, DateTimeOffset now) =>
        session.Amount is not { } asked ? PaymentRefusals.PaymentNotFound
        : session.Paid.Length >= MaxPayments ? PaymentRefusals.PaymentRefused
        : new SandboxPaid(now, session.Paid.Length + 1, amount ?? asked);

    public static Outcome<SandboxEvent?> Decline(SandboxPayment session, DateTimeOffset now) =>
        session.Amount is null ? PaymentRefusals.PaymentNotFound
        : session.Status == SandboxStatus.Open ? new SandboxDeclined(now)
        : (SandboxEvent?)null;

    public static SandboxClosed? Close(SandboxPayment session, DateTimeOffset now) =>
        session is { Amount: not null, Status: SandboxStatus.Open } ? new SandboxClosed(now) : null;

    /// <summary>Null when it is done already.</summary>
    public static Outcome<SandboxRefunded?> Refund(
        SandboxPayment session,
        string paymentId,
        string key,
        string reference,
        Money amount,
        DateTimeOffset now
    )
    {
        if (session.Refunds.ContainsKey(key))
        {
            return (SandboxRefunded?)null;
        }
        var number = Enumerable
            .Range(1, session.Paid.Length)
            .FirstOrDefault(one => SandboxProvider.ReferenceOf(paymentId, one) == reference);
        if (number == 0)
        {
            return PaymentRefusals.PaymentNotFound;
        }
        var (paid, back) = (
            session.Paid[number - 1],
            session.Refunds.Values.Where(one => one.Reference == reference).Sum(static one => one.Amount.Amount)
        );
        return paid.Currency == amount.Currency && back + amount.Amount <= paid.Amount
            ? new SandboxRefunded(now, key, reference, amount)
            : Overdrawn;
    }

    public static SandboxPayment Evolve(SandboxPayment session, SandboxEvent @event) =>
        @event switch
        {
            SandboxOpened e => session with { Token = e.Token, Amount = e.Amount },
            SandboxPaid e => session with { Status = SandboxStatus.Paid, Paid = session.Paid.Add(e.Amount) },
            SandboxDeclined => session with { Status = SandboxStatus.Declined },
            SandboxClosed => session with { Status = SandboxStatus.Closed },
            SandboxRefunded e => session with
            {
                Refunds = session.Refunds.Add(e.Key, new SandboxRefund(e.Reference, e.Amount)),
            },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}
