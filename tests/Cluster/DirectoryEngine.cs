using Actors.Grains.Attachments;
using Actors.Grains.Hosting;
using Actors.Grains.Sealing;
using Actors.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Cluster.Tests;

/// <summary>One machine as it is deployed: a silo that listens nowhere, over the file journal of a directory.</summary>
internal sealed class DirectoryEngine : IGrainEngine
{
    private readonly IHost _host;

    private DirectoryEngine(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IErasableKeys Keys => _host.Services.GetRequiredService<IErasableKeys>();

    public IAttachmentStore Attachments => _host.Services.GetRequiredService<IAttachmentStore>();

    public TimeProvider Time => TimeProvider.System;

    public static async Task<DirectoryEngine> StartAsync(string directory)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Data:Directory"] = directory, ["Logging:LogLevel:Default"] = "Error" }
        );
        builder.AddGrains();
        var host = builder.Build();
        await host.StartAsync();
        return new DirectoryEngine(host);
    }

    public Task AdvanceAsync(TimeSpan by) => throw new NotSupportedException("It goes by the clock on the wall.");

    public Task DeactivateAllAsync() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public Task CrashAsync() => throw new NotSupportedException("tests/Crash kills the real process.");

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
