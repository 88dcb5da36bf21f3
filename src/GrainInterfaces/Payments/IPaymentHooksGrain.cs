using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Payments;

/// <summary>Takes in what providers post; the key is the provider's name. It answers once the payment has written it down.</summary>
[Alias("IPaymentHooksGrain")]
public interface IPaymentHooksGrain : IGrainWithStringKey
{
    Task<Outcome<Done>> Take(ProviderPost post);
}

/// <param name="Signature">What the provider's own header holds; null when it is missing.</param>
/// <param name="Body">As it came, byte for byte.</param>
[GenerateSerializer, Immutable, Alias("ProviderPost")]
public sealed record ProviderPost([property: Id(0)] string? Signature, [property: Id(1)] string Body)
{
    /// <summary>Leaves the signature out, so that logging cannot leak it.</summary>
    public override string ToString() => $"{nameof(ProviderPost)} of {Body.Length} characters";
}

public static class ProviderHeaders
{
    /// <summary>The header that holds the signature of a provider's posts.</summary>
    public static string Of(string provider) =>
        provider switch
        {
            PaymentProviders.Stripe => "Stripe-Signature",
            PaymentProviders.Daimo => "Daimo-Signature",
            PaymentProviders.Wompi => "X-Event-Checksum",
            _ => "Sandbox-Signature",
        };
}
