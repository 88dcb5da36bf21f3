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
        services.AddSingleton<TokenValidator>();
        services.AddSingleton<Authenticator>();
        if (options.Jwks is null)
        {
            services.AddSingleton(new KeyRing([SigningKey(options, builder.Configuration)]));
            return;
        }
        services.AddSingleton(new KeyRing([]));
        services.AddSingleton(Fetcher());
        services.AddSingleton<JwksSource>();
        services.AddHostedService(provider =>
        {
            var source = provider.GetRequiredService<JwksSource>();
            provider.GetRequiredService<Authenticator>().OnUnknownKey = source.Demand;
            return source;
        });
    }

    /// <summary>The key that this host can also sign with: the one set, or the one made in the data directory.</summary>
    public static HmacKey SigningKey(AuthOptions options, IConfiguration settings) =>
        new(options.Secret ?? LocalSigningKey.ReadOrMake(settings.DataDirectory()));

    private static HttpClient Fetcher() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = FetchTimeout,
            MaxResponseContentBufferSize = JsonWebKeySet.MaxBytes,
        };
}
