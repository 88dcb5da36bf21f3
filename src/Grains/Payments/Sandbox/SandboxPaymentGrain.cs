using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Durability;
using Actors.Grains.Payments.Providers;

namespace Actors.Grains.Payments.Sandbox;

/// <summary>One session at the sandbox. Like a provider it tells of what happens again until it was heard.</summary>
[GrainType("sandbox-payment")]
public sealed class SandboxPaymentGrain(IGrainContext context, DurableServices services, SandboxTokens tokens)
    : EventSourcedGrain<SandboxPayment, SandboxEvent>(context, services, Definition),
        ISandboxPaymentGrain
{
    private static readonly Aggregate<SandboxPayment, SandboxEvent> Definition = new()
    {
        Initial = SandboxPayment.None,
        Evolve = SandboxRules.Evolve,
        EventJson = SandboxPaymentJson.Default.SandboxEvent,
        StateJson = SandboxPaymentJson.Default.SandboxPayment,
    };

    public async Task<SandboxSession> Open(Money amount)
    {
        await (Current.Token is null ? Commit(new SandboxOpened(Now, tokens.Next(), amount)) : WhenDurable());
        return View()!;
    }

    public ValueTask<SandboxSession?> Get() => new(View());

    public Task<Outcome<SandboxSession>> Pay(Money? amount) => DoAsync(SandboxRules.Pay(Current, amount, Now));

    public Task<Outcome<SandboxSession>> Decline() => DoAsync(SandboxRules.Decline(Current, Now));

    public async Task<bool> Close()
    {
        await (SandboxRules.Close(Current, Now) is { } closed ? Commit(closed) : WhenDurable());
        return Durable.Paid.IsEmpty;
    }

    public Task<Outcome<Done>> Refund(string key, string reference, Money amount) =>
        Apply<SandboxRefunded?, Done>(
            SandboxRules.Refund(Current, Key, key, reference, amount, Now),
            static () => Done.It
        );

    protected override IReadOnlyList<Effect> EffectsOf(SandboxEvent @event, long version)
    {
        ProviderEvent? said = @event switch
        {
            SandboxPaid e => new ProviderEvent(
                $"{Key}@{version}",
                ProviderEventKind.Paid,
                e.Amount,
                e.At,
                SandboxProvider.ReferenceOf(Key, e.Number)
            ),
            SandboxDeclined e => new ProviderEvent($"{Key}@{version}", ProviderEventKind.Declined, null, e.At, null),
            _ => null,
        };
        return said is null ? [] : [Effect.To<IPaymentGrain>(Key, (payment, _) => payment.Hear(said))];
    }

    private Task<Outcome<SandboxSession>> DoAsync(Outcome<SandboxEvent?> decision) =>
        Apply<SandboxEvent?, SandboxSession>(decision, () => View()!);

    private SandboxSession? View() =>
        Durable is { Token: { } token, Amount: { } amount } session
            ? new SandboxSession(
                Key,
                token,
                amount,
                session.Status,
                session.Paid.Length,
                session.Refunds.Count,
                session.Paid.IsEmpty ? null : session.Paid[^1]
            )
            : null;
}

/// <param name="Paid">What was paid, in order.</param>
/// <param name="Refunds">By the key that each was asked for with.</param>
public sealed record SandboxPayment(
    string? Token,
    Money? Amount,
    SandboxStatus Status,
    ImmutableArray<Money> Paid,
    ImmutableDictionary<string, SandboxRefund> Refunds
)
{
    public static readonly SandboxPayment None = new(
        null,
        null,
        SandboxStatus.Open,
        [],
        ImmutableDictionary<string, SandboxRefund>.Empty
    );
}

public sealed record SandboxRefund(string Reference, Money Amount);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SandboxOpened), "sandbox-payment.opened.v1")]
[JsonDerivedType(typeof(SandboxPaid), "sandbox-payment.paid.v1")]
[JsonDerivedType(typeof(SandboxDeclined), "sandbox-payment.declined.v1")]
[JsonDerivedType(typeof(SandboxClosed), "sandbox-payment.closed.v1")]
[JsonDerivedType(typeof(SandboxRefunded), "sandbox-payment.refunded.v1")]
public abstract record SandboxEvent(DateTimeOffset At);

public sealed record SandboxOpened(DateTimeOffset At, string Token, Money Amount) : SandboxEvent(At);

/// <param name="Number">From 1: a session can be paid more than once.</param>
public sealed record SandboxPaid(DateTimeOffset At, int Number, Money Amount) : SandboxEvent(At);

public sealed record SandboxDeclined(DateTimeOffset At) : SandboxEvent(At);

public sealed record SandboxClosed(DateTimeOffset At) : SandboxEvent(At);

public sealed record SandboxRefunded(DateTimeOffset At, string Key, string Reference, Money Amount) : SandboxEvent(At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SandboxEvent))]
[JsonSerializable(typeof(SandboxPayment))]
internal sealed partial class SandboxPaymentJson : JsonSerializerContext;
