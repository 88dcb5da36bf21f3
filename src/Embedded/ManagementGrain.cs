using System.Net;
using Orleans.Concurrency;

namespace Actors.Embedded;

/// <summary>Answers for the one process that there is.</summary>
[GrainType("sys.management")]
[Reentrant]
internal sealed class ManagementGrain(EmbeddedEngine engine) : Grain, IManagementGrain
{
    private static readonly SiloAddress Here = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 0), 0);

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(new Dictionary<SiloAddress, SiloStatus> { [Here] = SiloStatus.Active });

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() =>
        Task.FromResult<SimpleGrainStatistic[]>([
            .. engine
                .Statistics.ReadActivations()
                .OrderBy(x => x.Key, StringComparer.Ordinal)
                .Select(x => new SimpleGrainStatistic
                {
                    GrainType = x.Key,
                    SiloAddress = Here,
                    ActivationCount = x.Value,
                }),
        ]);

    public Task<int> GetTotalActivationCount() => Task.FromResult(engine.ActivationCount);

    public Task ForceActivationCollection(TimeSpan ageLimit) => engine.Collector.CollectAsync(ageLimit);
}
