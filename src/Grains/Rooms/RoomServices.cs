using System.Security.Cryptography;
using Actors.Grains.Hosting;
using Actors.Grains.Rooms.Daily;
using Actors.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Actors.Grains.Rooms;

public static class RoomServices
{
    private const int Retries = 1;

    /// <summary>A provider that has failed half of so many times is left alone for a while.</summary>
    private const int LeastCallsOfBreak = 20;
    private static readonly TimeSpan BreakLasts = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ConnectionLasts = TimeSpan.FromMinutes(2);

    /// <summary>What the room grains need. Providers that are there already stay: simulations and tests bring their own.</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddSettings<RoomOptions>();
        services
            .AddHttpClient(DailyRooms.Client)
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
                DailyRooms.Client,
                static (pipeline, context) =>
                    Protect(
                        pipeline,
                        context.ServiceProvider.GetRequiredService<RoomOptions>(),
                        context.ServiceProvider.GetRequiredService<TimeProvider>()
                    )
            );
        services.TryAddSingleton<RandomBytes>(RandomNumberGenerator.Fill);
        services.TryAddSingleton<HostedRooms>();
        services.TryAddSingleton(static provider =>
        {
            var hosted = provider.GetRequiredService<HostedRooms>();
            return provider.GetRequiredService<RoomOptions>().Service == RoomService.Daily
                ? new RoomProviders(ActivatorUtilities.CreateInstance<DailyRooms>(provider), hosted)
                : new RoomProviders(hosted, hosted);
        });
        return services;
    }

    /// <summary>Everything that is asked of the provider may be asked twice. The time-out of the whole is the adapter's.</summary>
    private static void Protect(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline,
        RoomOptions options,
        TimeProvider time
    )
    {
        pipeline.TimeProvider = time;
        pipeline
            .AddRetry(
                new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = Retries,
                    Delay = FirstPause,
                    BackoffType = DelayBackoffType.Exponential,
                    // Somebody waits at the door; what comes later is the agenda's.
                    ShouldRetryAfterHeader = false,
                }
            )
            .AddCircuitBreaker(
                new HttpCircuitBreakerStrategyOptions
                {
                    MinimumThroughput = LeastCallsOfBreak,
                    FailureRatio = 0.5,
                    BreakDuration = BreakLasts,
                }
            )
            .AddTimeout(options.Timeout / (Retries + 1));
    }
}
