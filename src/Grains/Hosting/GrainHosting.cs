using Actors.Grains.Hosting.Anchoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Dashboard;
using Orleans.Serialization;

namespace Actors.Grains.Hosting;

/// <summary>Runs the grains on Orleans. Settings decide where: in this process over a directory, or on a cluster.</summary>
public static class GrainHosting
{
    /// <summary>Where metrics and traces are sent, as OpenTelemetry calls it.</summary>
    public const string CollectorSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string SecretsDirectory = "/run/secrets";

    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static IHostApplicationBuilder AddGrains(this IHostApplicationBuilder builder, HostRole role = HostRole.Api)
    {
        // Secrets as files, such as Cluster__AzureStorage, where the container runtime mounts them.
        builder.Configuration.AddKeyPerFile(SecretsDirectory, optional: true);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<ExceptionSerializationOptions>(PassOwnExceptions);
        builder.Services.Configure<DashboardOptions>(LookLessOften);
        // Before Orleans' own, for the first that knows an interface is believed.
        builder.Services.AddSingleton<IGrainInterfaceTypeProvider, KnownInterfaces>();
        var cluster = ClusterSettings.From(builder.Configuration);
        if (cluster is not null && AnchorSettings.From(builder.Configuration) is not null)
        {
            throw new SettingException(AnchorSettings.PlaceName, "is for a directory, not for a cluster's storage.");
        }
        if (builder.Configuration[CollectorSetting] is { Length: > 0 })
        {
            builder.TraceCalls(isClient: cluster is not null && role == HostRole.Api);
        }
        if (cluster is null)
        {
            return role == HostRole.Api
                ? builder.AddOneMachine()
                : throw new SettingException(
                    ClusterSettings.StorageName,
                    "is required: a silo is a node of a cluster."
                );
        }
        return role == HostRole.Api
            ? builder.UseOrleansClient(client => client.AddDashboard().UseCluster(cluster))
            : builder.UseOrleans(silo => silo.AddDashboard().UseCluster(cluster));
    }

    /// <summary>Traces go through grains. Only where they go somewhere: it costs every call two filters.</summary>
    private static IHostApplicationBuilder TraceCalls(this IHostApplicationBuilder builder, bool isClient) =>
        isClient
            ? builder.UseOrleansClient(static client => client.AddActivityPropagation())
            : builder.UseOrleans(static silo => silo.AddActivityPropagation());

    // It walks through all activations each time, a million of them too, whether anybody watches or not. Its own is a second.
    private static void LookLessOften(DashboardOptions dashboard) => dashboard.CounterUpdateIntervalMs = 5_000;

    // Otherwise an unexpected exception of ours reaches the caller as a complaint about its missing codec.
    internal static void PassOwnExceptions(ExceptionSerializationOptions options) =>
        options.SupportedNamespacePrefixes.Add("Actors");
}
