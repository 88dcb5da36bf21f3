using System.Collections.Concurrent;
using Actors.Grains.Tests.Durability;
using Actors.Journal;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Orleans.GrainDirectory;
using Orleans.TestingHost;

namespace Actors.Cluster.Tests;

[Trait("Spec", "SE-3")]
public sealed class KilledSiloTests(Azurite azurite) : IAsyncLifetime
{
    private const int Counters = 20;

    private ClusterGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await ClusterGrainEngine.StartAsync(
            azurite.ConnectionString,
            $"killed-{Environment.ProcessId}-{Environment.TickCount64}"
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Silos_killed_under_load_lose_nothing_that_was_acknowledged()
    {
        ConcurrentDictionary<string, (int Acknowledged, int Unknown)> fates = new();
        using var loading = new CancellationTokenSource();
        var load = Enumerable
            .Range(0, Counters * 2)
            .Select(lane => LoadAsync($"load{lane % Counters}", fates, loading.Token));
        var running = Task.WhenAll(load);
        foreach (var _ in (int[])[1, 2])
        {
            await MoreAcknowledgedAsync(fates, 500);
            await _engine.Cluster.KillSiloAsync(_engine.Cluster.Silos[^1]);
            await _engine.Cluster.StartAdditionalSiloAsync();
        }
        await MoreAcknowledgedAsync(fates, 500);
        await loading.CancelAsync();
        await running;

        await _engine.CrashAsync();
        foreach (var (key, (acknowledged, unknown)) in fates)
        {
            var sum = await _engine.Grains.GetGrain<ICounterGrain>(key).Get();
            Assert.InRange(sum, acknowledged, acknowledged + unknown);
        }
    }

    [Fact]
    public async Task A_due_time_is_served_by_another_silo_although_the_grain_s_own_died_and_nobody_calls()
    {
        var counter = _engine.Grains.GetGrain<ICounterGrain>("orphan");
        await counter.Add(5);
        await counter.ResetAt(_engine.Time.GetUtcNow().AddSeconds(90));
        var home = await HomeOfAsync("test-counter/orphan");

        await _engine.Cluster.KillSiloAsync(home);

        var survivor = _engine.Cluster.Silos.First(silo => silo.IsActive);
        var journal = survivor.ServiceProvider.GetRequiredService<IJournal>();
        await Eventually.TrueAsync(async () =>
        {
            // The reminders' new owner reads the table when it has noticed the death; every minute is another chance.
            await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            return (await journal.ReadHeadAsync(StreamId.Parse("test-counter/orphan"))).Version == 3;
        });
        // The tests' client may still hold the dead silo for its gateway.
        var witness = survivor.ServiceProvider.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("orphan");
        Assert.Equal(0, await witness.Get());
        Assert.Equal(3, await witness.Version());
    }

    [Fact]
    public void The_silos_of_the_tests_find_members_and_grains_as_deployed_ones_do()
    {
        foreach (var silo in _engine.Cluster.Silos)
        {
            var members = silo.ServiceProvider.GetRequiredService<IMembershipTable>();
            Assert.StartsWith("AzureBased", members.GetType().Name, StringComparison.Ordinal);
            // None is registered: the silos take Orleans' own.
            Assert.Null(
                silo.ServiceProvider.GetKeyedService<IGrainDirectory>(GrainDirectoryAttribute.DEFAULT_GRAIN_DIRECTORY)
            );
        }
    }

    private async Task LoadAsync(
        string key,
        ConcurrentDictionary<string, (int Acknowledged, int Unknown)> fates,
        CancellationToken cancellation
    )
    {
        while (!cancellation.IsCancellationRequested)
        {
            var acknowledged = true;
            try
            {
                await _engine.Grains.GetGrain<ICounterGrain>(key).Add(1);
            }
            catch (Exception)
            {
                acknowledged = false;
            }
            fates.AddOrUpdate(
                key,
                _ => acknowledged ? (1, 0) : (0, 1),
                (_, fate) =>
                    acknowledged ? (fate.Acknowledged + 1, fate.Unknown) : (fate.Acknowledged, fate.Unknown + 1)
            );
        }
    }

    private static async Task MoreAcknowledgedAsync(
        ConcurrentDictionary<string, (int Acknowledged, int Unknown)> fates,
        int more
    )
    {
        var before = fates.Values.Sum(static fate => fate.Acknowledged);
        await Eventually.TrueAsync(() => fates.Values.Sum(static fate => fate.Acknowledged) >= before + more);
    }

    private async Task<InProcessSiloHandle> HomeOfAsync(string grain)
    {
        var reference = _engine.Grains.GetGrain(GrainId.Parse(grain));
        var address = await _engine.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(reference);
        return _engine.Cluster.GetSiloForAddress(address!)!;
    }
}
