using System.ClientModel;
using System.ClientModel.Primitives;
using Actors.Grains.Hosting;
using Actors.Grains.Pets.Service;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using OpenAI;
using OpenAI.Chat;
using Polly;

namespace Actors.Grains.Pets;

public static class PetServices
{
    private const string Client = "pets";

    /// <summary>A service that has failed half of so many times is left alone for a while.</summary>
    private const int LeastCallsOfBreak = 10;
    private static readonly TimeSpan BreakLasts = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLasts = TimeSpan.FromMinutes(2);

    /// <summary>
    /// One <see cref="IPetVoice"/>: the one that is built in, or a service's where its address is set. One that is there already
    /// stays: simulations and tests bring their own.
    /// </summary>
    public static IServiceCollection AddPets(this IServiceCollection services)
    {
        services.AddSettings<PetOptions>();
        services
            .AddHttpClient(Client)
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureHttpClient(static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    ActivityHeadersPropagator = null,
                    PooledConnectionLifetime = ConnectionLasts,
                }
            )
            .AddResilienceHandler(
                Client,
                static (pipeline, context) =>
                    Protect(
                        pipeline,
                        context.ServiceProvider.GetRequiredService<PetOptions>(),
                        context.ServiceProvider.GetRequiredService<TimeProvider>()
                    )
            );
        services.AddHttpClient(Client).AddHttpMessageHandler(static () => new BoundedAnswers());
        services.TryAddKeyedSingleton<IChatClient>(Client, static (provider, _) => ClientOf(provider));
        services.TryAddSingleton<IPetVoice>(static provider =>
            provider.GetRequiredService<PetOptions>().Endpoint is null
                ? new BuiltInPetVoice()
                : ActivatorUtilities.CreateInstance<ServicePetVoice>(
                    provider,
                    provider.GetRequiredKeyedService<IChatClient>(Client)
                )
        );
        return services;
    }

    private static IChatClient ClientOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<PetOptions>();
        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);
        // What needs no key is given a word that is none.
        return new ChatClient(
            options.Model!,
            new ApiKeyCredential(options.Key ?? "none"),
            new OpenAIClientOptions
            {
                Endpoint = options.Endpoint,
                Transport = new HttpClientPipelineTransport(http),
                // A pet's answer is not worth a second wait; and one time-out, on our clock, is enough.
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
                EnableDistributedTracing = false,
                ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
            }
        ).AsIChatClient();
    }

    private static void Protect(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline,
        PetOptions options,
        TimeProvider time
    )
    {
        pipeline.TimeProvider = time;
        pipeline
            .AddCircuitBreaker(
                new HttpCircuitBreakerStrategyOptions
                {
                    MinimumThroughput = LeastCallsOfBreak,
                    FailureRatio = 0.5,
                    BreakDuration = BreakLasts,
                }
            )
            .AddTimeout(options.Timeout);
    }
}
