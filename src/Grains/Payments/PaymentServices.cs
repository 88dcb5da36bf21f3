using System.Security.Cryptography;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Hosting;
using Actors.Grains.Payments.Providers;
using Actors.Grains.Payments.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains.Payments;

public static class PaymentServices
{
    /// <summary>What the payment grains need. Of several providers of a name the last is believed: tests bring their own.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddSettings<PaymentOptions>().AddSettings<TokenPrices>();
        services.TryAddSingleton(static _ => new SandboxTokens(static token => RandomNumberGenerator.Fill(token)));
        services.AddSingleton<PaymentDesk>();
        Add<TokensProvider>();
        Add<SandboxProvider>();
        Add<StripeProvider>();
        Add<DaimoProvider>();
        Add<WompiProvider>();
        foreach (var provider in (string[])[PaymentProviders.Stripe, PaymentProviders.Daimo, PaymentProviders.Wompi])
        {
            services.AddPaymentHttp(provider);
        }
        return services;

        void Add<TProvider>()
            where TProvider : class, IPaymentProvider =>
            services.Insert(0, ServiceDescriptor.Singleton<IPaymentProvider, TProvider>());
    }
}
