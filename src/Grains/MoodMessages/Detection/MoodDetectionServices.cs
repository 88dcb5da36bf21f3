using Actors.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Actors.Grains.MoodMessages.Detection;

public static class MoodDetectionServices
{
    /// <summary>A service that has failed half of so many times is left alone for a while.</summary>
    private const int LeastCallsOfBreak = 10;
    private static readonly TimeSpan BreakLasts = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// One <see cref="IMoodDetector"/>: the one that is built in, or a service's where its address is set. One that is there
    /// already stays: simulations and tests bring their own.
    /// </summary>
    public static IServiceCollection AddMoodDetection(this IServiceCollection services)
    {
        services.AddSettings<MoodDetectionOptions>();
        services
            .AddHttpClient(ServiceMoodDetector.Client)
            .RemoveAllLoggers()
            .ConfigureHttpClient(static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    ActivityHeadersPropagator = null,
                }
            )
            .AddResilienceHandler(
                ServiceMoodDetector.Client,
                static (pipeline, context) =>
                    Protect(
                        pipeline,
                        context.ServiceProvider.GetRequiredService<MoodDetectionOptions>(),
                        context.ServiceProvider.GetRequiredService<TimeProvider>()
                    )
            );
        services.TryAddSingleton<IMoodDetector>(static provider =>
            provider.GetRequiredService<MoodDetectionOptions>().Endpoint is null
                ? new WordMoodDetector()
                : ActivatorUtilities.CreateInstance<ServiceMoodDetector>(provider)
        );
        return services;
    }

    /// <summary>Tries again within the time there is; the time-out of the whole is the detector's, for it reads the body as well.</summary>
    private static void Protect(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline,
        MoodDetectionOptions options,
        TimeProvider time
    )
    {
        pipeline.TimeProvider = time;
        if (options.Retries > 0)
        {
            pipeline.AddRetry(
                new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = options.Retries,
                    Delay = FirstPause,
                    BackoffType = DelayBackoffType.Exponential,
                    // A text is not worth the wait that a service may ask for.
                    ShouldRetryAfterHeader = false,
                }
            );
        }
        pipeline.AddCircuitBreaker(
            new HttpCircuitBreakerStrategyOptions
            {
                MinimumThroughput = LeastCallsOfBreak,
                FailureRatio = 0.5,
                BreakDuration = BreakLasts,
            }
        );
        // So that one attempt that hangs leaves time for the next.
        pipeline.AddTimeout(options.Timeout / (options.Retries + 1));
    }
}
