using System.Collections.Frozen;

namespace Actors.Grains.Payments.Providers;

/// <summary>The providers that the settings name.</summary>
public sealed class PaymentDesk(IEnumerable<IPaymentProvider> providers, PaymentOptions options)
{
    private readonly FrozenDictionary<string, IPaymentProvider> _all = providers
        .GroupBy(static provider => provider.Name)
        // The last of a name is believed: tests bring their own.
        .ToFrozenDictionary(static same => same.Key, static same => same.Last());

    /// <summary>For new payments.</summary>
    public IPaymentProvider? Offered(string name) => options.Offers(name) ? _all.GetValueOrDefault(name) : null;

    /// <summary>For payments that there are: also once the settings no longer name it.</summary>
    public IPaymentProvider Of(string name) => _all[name];
}
