using Actors.ApiHost.Auth.Revoking;
using Actors.ApiHost.Identity;
using Actors.ApiHost.Limits;
using Actors.Grains.Hosting;
using Actors.Hosting;

namespace Actors.ApiHost.Auth;

internal static class AuthSetup
{
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);

    public static void AddAuth(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var options = SettingsReader.Read<AuthOptions>(builder.Configuration);
        services.AddSettings<AuthOptions>();
        services.AddSingleton<RequestLimiter>();
        services.AddSingleton<Revocations>();
        services.AddHostedService<RevocationRefresh>();
        services.AddSingleton<TokenValidator>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<Arrivals>();
        if (!options.HasPublishedKeys)
        {
            services.AddSingleton(new KeyRing([SigningKey(options, builder.Configuration)]));
            return;
        }
        services.AddSingleton(new KeyRing([]));
        services.AddSingleton(new KeyDocuments(Fetcher()));
        services.AddSingleton<JwksSource>();
        services.AddHostedService(provider =>
        {
            var source = provider.GetRequiredService<JwksSource>();
            provider.GetRequiredService<Authenticator>().OnUnknownKey = source.Demand;
            return source;
        });
    }

    /// <summary>The key that this host can also sign with: the one set, or the one made in the data directory.</summary>
    public static TokenKey SigningKey(AuthOptions options, IConfiguration settings) =>
        TokenKey.OfSecret(options.Secret ?? LocalSigningKey.ReadOrMake(settings.DataDirectory()));

    private static HttpClient Fetcher() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = FetchTimeout,
            MaxResponseContentBufferSize = KeySet.MaxLength,
        };
}
