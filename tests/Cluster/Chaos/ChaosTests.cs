using System.Globalization;

namespace Actors.Cluster.Tests.Chaos;

/// <summary>
/// A deployed cluster under mixed load while things go wrong. Every test run has a short round; <c>CHAOS_ROUNDS</c> asks for
/// that many long ones, which print what callers feel of each mishap.
/// </summary>
[Trait("Spec", "SE-3"), Trait("Spec", "PM-4")]
[Collection(nameof(Alone))]
public sealed class ChaosTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Customers = 12;

    private static readonly TimeSpan Fair = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan StormsEndWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FrozenFor = TimeSpan.FromSeconds(8);

    /// <summary>Longer than the others wait for a sign of life: one whom nobody missed would go on.</summary>
    private static readonly TimeSpan NoticedWithin = TimeSpan.FromSeconds(15);

    // Some two to three times what docs/deployment.md says, for machines with other work; Orleans' own times take far longer.
    private static readonly TimeSpan DeadFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SilentFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AllDeadFor = TimeSpan.FromSeconds(30);

    // Two seconds on a machine that is not busy; Orleans by itself would take ten.
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(6);

    private readonly Weather _weather = new();
    private DeployedCluster _cluster = null!;

    /// <summary>The eldest: the grains live there, and nothing moves them to a silo that came later.</summary>
    private SiloProcess Victim => _cluster.Silos[0];

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    [Fact]
    public async Task Whatever_goes_wrong_repeats_answer_the_same_nothing_is_doubled_and_the_proof_holds()
    {
        var rounds = Number("CHAOS_ROUNDS");
        _cluster = await DeployedCluster.StartAsync();
        Shop shop = new(_cluster);
        var users = Enumerable.Range(1, Customers).Select(static number => $"user-{number}").ToArray();
        await shop.OpenAsync(users);
        var customers = users
            .Select(user => new Customer(user, _cluster.Token(user, "user"), _cluster.Api, shop, _weather))
            .ToArray();
        using CancellationTokenSource closing = new();
        var load = Task.WhenAll(customers.Select(customer => customer.GoOnAsync(closing.Token)));

        await FairAgainAsync();
        await MishapsAsync(rounds);

        await closing.CancelAsync();
        await load;
        await Task.WhenAll(customers.Select(static customer => customer.SettleAsync()));
        var wrong = customers.SelectMany(static customer => customer.Wrong).ToArray();
        Assert.True(wrong.Length == 0, $"{string.Join('\n', wrong)}\n{_cluster.ApiErrors}");
        foreach (var customer in customers)
        {
            await customer.CheckAsync();
        }
        var proof = await shop.ProveAsync();
        Assert.True(proof.GetProperty("conserved").GetBoolean(), proof.ToString());
        Say($"{customers.Sum(static customer => customer.AcknowledgedCount)} acknowledged commands checked");
    }

    private async Task MishapsAsync(int rounds)
    {
        if (rounds == 0)
        {
            await MishapAsync("one silo killed", KillOneAsync, DeadFor);
            await FreezeStorageAsync();
        }
        for (var round = 0; round < rounds; round++)
        {
            await MishapAsync("one silo killed", KillOneAsync, DeadFor);
            await MishapAsync("one silo frozen", FreezeOneAsync, SilentFor);
            await MishapAsync("one silo terminated", TerminateOneAsync, DeadFor);
            await MishapAsync("both silos killed", KillBothAsync, AllDeadFor);
            await FreezeStorageAsync();
        }
    }

    private async Task FreezeStorageAsync()
    {
        if (!_cluster.Storage.CanFreeze)
        {
            return;
        }
        _weather.Clear();
        _cluster.Storage.Freeze();
        await Task.Delay(FrozenFor, TimeProvider.System);
        var frozen = _weather.Report();
        using HttpClient http = new();
        foreach (
            var host in (string[])[$"http://{_cluster.Api}", .. _cluster.Silos.Select(static silo => $"{silo.Web}")]
        )
        {
            using var health = await http.GetAsync($"{host.TrimEnd('/')}/health");
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, health.StatusCode);
        }
        _cluster.Storage.Thaw();
        await FairAgainAsync();
        Say($"storage frozen for {FrozenFor.TotalSeconds} s: {_weather.Report()}; while it was: {frozen}");
        Assert.True(frozen.Failed > 0);
        Assert.True(frozen.Slowest < AnsweredWithin, $"{frozen}");
    }

    private async Task MishapAsync(string name, Func<Task> mishap, TimeSpan atMost)
    {
        _weather.Clear();
        await mishap();
        await FairAgainAsync();
        var storm = _weather.Report();
        Say($"{name}: {storm}");
        Assert.True(storm.Lasted < atMost, $"{name}: {storm}");
        await _cluster.ReviveAsync();
        await FairAgainAsync();
    }

    private Task KillOneAsync()
    {
        Victim.Kill();
        return Task.CompletedTask;
    }

    private async Task FreezeOneAsync()
    {
        var silo = Victim;
        silo.Freeze();
        await Task.Delay(NoticedWithin, TimeProvider.System);
        await FairAgainAsync();
        // It finds out that the others have taken it for dead, and ends.
        silo.Thaw();
        await silo.ExitAsync();
    }

    private Task TerminateOneAsync()
    {
        var silo = Victim;
        silo.Terminate();
        return silo.ExitAsync();
    }

    private async Task KillBothAsync()
    {
        foreach (var silo in _cluster.Silos)
        {
            silo.Kill();
        }
        await Task.WhenAll(_cluster.Silos.Select(static silo => silo.ExitAsync()));
        await _cluster.ReviveAsync();
    }

    private async Task FairAgainAsync()
    {
        using CancellationTokenSource giveUp = new(StormsEndWithin);
        while (!_weather.HasBeenFair(Fair))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, giveUp.Token);
        }
    }

    private void Say(string line) => output.WriteLine(line);

    private static int Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}

/// <summary>Tests that freeze what others might use, or measure time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
