using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Actors.Grains.Payments.Providers;

/// <summary>How providers are asked over HTTP: again when they do not answer, and for a while not at all when they never do.</summary>
internal static class PaymentHttp
{
    private const int MaxAnswerBytes = 1 << 20;
    private const int LeastCallsOfBreak = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BreakLasts = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLasts = TimeSpan.FromMinutes(2);

    public static IServiceCollection AddPaymentHttp(this IServiceCollection services, string provider)
    {
        services
            .AddHttpClient(provider)
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureHttpClient(static http =>
            {
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.MaxResponseContentBufferSize = MaxAnswerBytes;
            })
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
                provider,
                static (pipeline, context) =>
                    Protect(
                        pipeline,
                        context.ServiceProvider.GetRequiredService<PaymentOptions>(),
                        context.ServiceProvider.GetRequiredService<TimeProvider>()
                    )
            );
        return services;
    }

    public static bool IsUnanswered(Exception fault) =>
        fault
            is HttpRequestException
                or IOException
                or OperationCanceledException
                or TimeoutRejectedException
                or BrokenCircuitException
                or JsonException
                or Newtonsoft.Json.JsonException;

    /// <summary>The answer as JSON, with its status; a body that is none is empty.</summary>
    public static async Task<(int Status, T? Body)> SendAsync<T>(
        this HttpClient http,
        HttpRequestMessage request,
        JsonTypeInfo<T> contract
    )
        where T : class
    {
        using var response = await http.SendAsync(request);
        var json = await response.Content.ReadAsByteArrayAsync();
        var status = (int)response.StatusCode;
        return (status, response.IsSuccessStatusCode ? JsonSerializer.Deserialize(json, contract) : null);
    }

    public static HttpRequestMessage Post<T>(Uri address, string key, T body, JsonTypeInfo<T> contract)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, contract));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return With(new HttpRequestMessage(HttpMethod.Post, address) { Content = content }, key);
    }

    public static HttpRequestMessage Get(Uri address, string? key = null) =>
        With(new HttpRequestMessage(HttpMethod.Get, address), key);

    private static HttpRequestMessage With(HttpRequestMessage request, string? key)
    {
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    /// <summary>Every request may be repeated: each has a key, or a reference that the provider takes once.</summary>
    private static void Protect(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline,
        PaymentOptions options,
        TimeProvider time
    )
    {
        pipeline.TimeProvider = time;
        pipeline
            .AddRetry(
                new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = 1,
                    Delay = FirstPause,
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
            .AddTimeout(options.Timeout);
    }
}
