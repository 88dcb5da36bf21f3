using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments.Providers;

/// <summary>
/// An adapter to whoever takes money. It never throws: whatever happens is an answer, within ten seconds, and not knowing is one
/// of them. Everything may be asked again, and is done once.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>One of <see cref="PaymentProviders.All"/>.</summary>
    string Name { get; }

    /// <summary>What it asks for a price.</summary>
    Outcome<Money> AmountOf(Money price);

    /// <summary>The session of this payment, the same however often it is asked for.</summary>
    Task<SessionAnswer> OpenAsync(PaymentOrder order);

    /// <summary>Nobody shall pay this session any more.</summary>
    Task<CloseAnswer> CloseAsync(PaymentOrder order, ProviderSession session);

    /// <summary>How the payment stands; also where the session is not known, because no answer ever came.</summary>
    Task<StatusAnswer> FetchAsync(PaymentOrder order, ProviderSession? session);

    /// <summary>Gives money back, once for each <see cref="RefundOrder.Key"/>.</summary>
    Task<RefundAnswer> RefundAsync(RefundOrder refund);

    /// <summary>What a message of the provider says, once its signature and age are checked.</summary>
    Outcome<ProviderMessage> Read(ProviderPost post);
}

/// <param name="Key">Our own name for the refund.</param>
/// <param name="Reference">The provider's name for the money.</param>
/// <param name="IsRepeat">It was asked for before: whether it was done has to be looked up first.</param>
public sealed record RefundOrder(
    PaymentOrder Order,
    ProviderSession? Session,
    string Key,
    string Reference,
    Money Money,
    bool IsRepeat
);

/// <param name="PaymentId">Whose it is; null for what does not concern payments of ours.</param>
public sealed record ProviderMessage(string? PaymentId, ProviderEvent? Event)
{
    public static readonly ProviderMessage OfNoConcern = new(null, null);
}

public abstract record SessionAnswer
{
    private SessionAnswer() { }

    /// <param name="Reference">The provider's name for the money, when it is paid with that.</param>
    public sealed record Opened(ProviderSession Session, string? Reference = null) : SessionAnswer;

    /// <summary>For good: asking again would come to the same.</summary>
    public sealed record Refused(Refusal Refusal) : SessionAnswer;

    /// <summary>Whether there is a session now is not known.</summary>
    public sealed record Unknown(string Failure) : SessionAnswer;
}

public abstract record CloseAnswer
{
    private CloseAnswer() { }

    /// <summary>Nobody can pay it any more.</summary>
    public sealed record Closed : CloseAnswer;

    /// <summary>It cannot be closed, or is paid: how it stands has to be asked for.</summary>
    public sealed record NotClosable : CloseAnswer;

    public sealed record Unknown(string Failure) : CloseAnswer;
}

public abstract record StatusAnswer
{
    private StatusAnswer() { }

    public sealed record Pending : StatusAnswer;

    public sealed record Paid(Money Money, string Reference) : StatusAnswer;

    public sealed record Declined : StatusAnswer;

    /// <summary>Nobody has paid, and nobody can.</summary>
    public sealed record Over : StatusAnswer;

    public sealed record Unknown(string Failure) : StatusAnswer;
}

public abstract record RefundAnswer
{
    private RefundAnswer() { }

    public sealed record Done(string? Reference) : RefundAnswer;

    /// <summary>Under way: the provider says so later, or when it is asked again.</summary>
    public sealed record Pending : RefundAnswer;

    /// <summary>Not by this provider: a person has to.</summary>
    public sealed record NotPossible(string Failure) : RefundAnswer;

    public sealed record Unknown(string Failure) : RefundAnswer;
}
