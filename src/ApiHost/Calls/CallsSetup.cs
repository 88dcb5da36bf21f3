using System.Diagnostics.Metrics;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Hosting;
using Actors.Hosting.Storage;

namespace Actors.ApiHost.Calls;

internal static class CallsSetup
{
    public static void AddCalls(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings<CallOptions>();
        var isCluster = ClusterSettings.From(builder.Configuration) is not null;
        builder.Services.AddSingleton(services => new CallGuard(
            services.GetRequiredService<CallOptions>(),
            isCluster ? services.GetRequiredService<StorageWatch>() : null,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<IMeterFactory>()
        ));
        if (isCluster)
        {
            builder.Services.AddSingleton<IOutgoingGrainCallFilter, CallPatience>();
        }
    }

    /// <summary>The route answers from defaults what it cannot reach.</summary>
    public static TBuilder Degrades<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(Degrading.It);

    /// <summary>The route's command carries an idempotency key: sent twice it is done once.</summary>
    public static TBuilder Keyed<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes
            .WithMetadata(Calls.Keyed.It)
            .WhenMistyped("idempotency_key", LedgerRefusals.IdempotencyKeyRequired)
            .Refuses(LedgerRefusals.IdempotencyKeyRequiredCode, LedgerRefusals.IdempotencyKeyReusedCode);
}
