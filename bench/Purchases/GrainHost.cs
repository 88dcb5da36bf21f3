using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Bench.Purchases;

/// <summary>The grains in this process, on a journal of their own: what they do without HTTP.</summary>
internal sealed class GrainHost : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly IHost _host;

    private GrainHost(DirectoryInfo directory, IHost host)
    {
        _directory = directory;
        _host = host;
    }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<GrainHost> StartAsync(string parent)
    {
        var directory = Directory.CreateDirectory(Path.Combine(parent, $"actors-bench-grains-{Environment.ProcessId}"));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Data:Directory", directory.FullName)]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddGrains();
        var host = builder.Build();
        await host.StartAsync();
        return new GrainHost(directory, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _directory.Delete(recursive: true);
    }
}
