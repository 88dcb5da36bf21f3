using System.Collections.Concurrent;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Cluster.Tests;

/// <summary>Two silo processes and a client that are set up as in production.</summary>
[Trait("Spec", "SE-3")]
public sealed class DeployedSilosTests(Azurite azurite)
{
    private const int Models = 12;
    private const int ChangesPerModel = 40;

    [Fact]
    public async Task A_silo_process_killed_under_load_loses_no_acknowledged_mood_and_doubles_none()
    {
        var service = $"deployed-{Environment.ProcessId}-{Environment.TickCount64}";
        await using var survivor = await SiloProcess.StartAsync(azurite.ConnectionString, service);
        await using var victim = await SiloProcess.StartAsync(azurite.ConnectionString, service);
        using var client = Client(azurite.ConnectionString, service);
        await client.StartAsync();
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        await Task.WhenAll(Enumerable.Range(0, Models).Select(model => RegisterAsync(grains, model)));
        ConcurrentBag<string> acknowledged = [];
        var load = Enumerable.Range(0, Models).Select(model => ChangeAsync(grains, model, acknowledged)).ToArray();
        while (acknowledged.Count < Models * ChangesPerModel / 4)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        victim.Kill();
        await Task.WhenAll(load);

        HashSet<string> found = [];
        foreach (var model in Enumerable.Range(0, Models))
        {
            var page = (await grains.GetGrain<IMoodGrain>($"m{model}").History(100, 0)).Value!;
            Assert.All(
                page.History,
                change => Assert.True(found.Add(change.CustomMessage!), $"{change.CustomMessage} twice")
            );
        }
        Assert.Subset(found, acknowledged.ToHashSet());
        await client.StopAsync();
    }

    private static async Task RegisterAsync(IGrainFactory grains, int model)
    {
        var profile = grains.GetGrain<IModelProfileGrain>($"m{model}");
        await profile.Register(new RegisterModel(new Actor(ActorRole.Admin, "root"), $"Model {model}"));
        await profile.AcceptMoodTerms(new Actor(ActorRole.Model, $"m{model}"));
    }

    private static async Task ChangeAsync(IGrainFactory grains, int model, ConcurrentBag<string> acknowledged)
    {
        for (var change = 0; change < ChangesPerModel; change++)
        {
            var message = $"m{model} change {change}";
            var command = new UpdateMood(new Actor(ActorRole.Model, $"m{model}"), MoodState.Positive, message);
            try
            {
                Assert.Null((await grains.GetGrain<IMoodGrain>($"m{model}").Update(command)).Refusal);
                acknowledged.Add(message);
            }
            catch (Exception unknown) when (unknown is not Xunit.Sdk.XunitException)
            {
                // It may have happened or not; the next change goes on.
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    private static IHost Client(string azureStorage, string service)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Cluster:AzureStorage"] = azureStorage,
                ["Cluster:ServiceId"] = service,
                ["Cluster:ClusterId"] = service,
                ["Logging:LogLevel:Default"] = "Error",
            }
        );
        builder.AddGrains();
        return builder.Build();
    }
}
