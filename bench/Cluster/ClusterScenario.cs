using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Cluster.Peers;
using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Grains.Hosting;
using Actors.TestKit.Processes;
using Azure.Storage.Blobs;

namespace Actors.Bench.Cluster;

/// <summary>
/// Two silos over the storage emulator, called by a client in this process without HTTP; and, one after the other in the same
/// run, what an Orleans user would write instead.
/// </summary>
internal sealed class ClusterScenario(BenchArguments arguments, AzuriteProcess azurite)
{
    private const int ColdPurchases = 50;
    private const int EmulatorCallers = 64;
    private const int KilledBuyers = 64;

    /// <summary>Peers lock: more callers may well mean fewer purchases, so each is taken at its best.</summary>
    private static readonly int[] PeerBuyers = [32, 200];

    /// <summary>Until wallets have written what they got last.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan KilledFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KilledAfter = TimeSpan.FromSeconds(5);

    private readonly int _users = arguments.Number("users", 200);
    private readonly int _models = arguments.Number("models", 100);
    private readonly int _buyers = arguments.Number("buyers", 1_000);
    private readonly TimeSpan _duration = arguments.Seconds("seconds", 8);
    private readonly ClusterStorage _storage = Enum.Parse<ClusterStorage>(arguments.Text("storage") ?? "Blob");
    private readonly Table _table = new("load", "callers", "per second", "p50", "p99", "storage calls each", "failed");
    private readonly List<string> _kinds = [];

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        Machine.Print(arguments.Text("data") ?? Path.GetTempPath());
        await using var azurite = await AzuriteProcess.StartAsync(countsCalls: true);
        await new ClusterScenario(arguments, azurite).RunAsync();
        return 0;
    }

    private async Task RunAsync()
    {
        await MeasureEmulatorAsync();
        var (uniform, hot) = await MeasureProductAsync();
        var aims = new Table("figure", "reached", "aim");
        aims.Add("uniform", $"{uniform:N0}/s", "≥ 1,000/s");
        if (arguments.Text("peers") != "none")
        {
            await using (var plain = await PlainShop.StartAsync(SettingsOf("plain")))
            {
                var (plainUniform, plainHot) = await MeasurePeerAsync(plain);
                aims.Add("uniform, times IPersistentState at its best", $"{uniform / plainUniform:N1}", "≥ 3");
                aims.Add("hot, times IPersistentState at its best", $"{hot / plainHot:N1}", "≥ 3");
            }
            await using var transactional = await TransactionalShop.StartAsync(SettingsOf("transactional"));
            var (transactionalUniform, transactionalHot) = await MeasurePeerAsync(transactional);
            aims.Add("uniform, times Orleans.Transactions at its best", $"{uniform / transactionalUniform:N1}", "≥ 10");
            aims.Add("hot, times Orleans.Transactions at its best", $"{hot / transactionalHot:N1}", "≥ 10");
        }
        Console.WriteLine($"Load of the machine at the end: {File.ReadAllText("/proc/loadavg").Trim()}");
        Console.WriteLine();
        _table.Print();
        aims.Print();
        Console.WriteLine("Calls by kind, each:");
        _kinds.ForEach(Console.WriteLine);
    }

    private ClusterSettings SettingsOf(string name)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"bench-{name}");
        return new ClusterSettings
        {
            Account = new StorageAccount(azurite.ConnectionString),
            ServiceId = id,
            ClusterId = id,
            Storage = _storage,
        };
    }

    /// <summary>What everybody shares: nobody can do more calls than the emulator serves.</summary>
    private async Task MeasureEmulatorAsync()
    {
        var container = new BlobContainerClient(azurite.ConnectionString, "bench-emulator");
        await container.CreateAsync();
        var content = new BinaryData(new byte[4096]);
        await MeasureAsync(
            "the emulator alone: blobs of 4 KB rewritten",
            EmulatorCallers,
            chance =>
                container.GetBlobClient($"blob-{chance.Next(EmulatorCallers)}").UploadAsync(content, overwrite: true)
        );
    }

    private async Task<(double Uniform, double Hot)> MeasureProductAsync()
    {
        await using var shop = await ProductShop.StartAsync(SettingsOf("this"));
        await shop.OpenAsync(_users + (2 * ColdPurchases), _models + ColdPurchases);
        var (uniform, hot) = (0.0, 0.0);
        foreach (var buyers in (int[])[_users, _buyers])
        {
            (uniform, hot) = await MeasurePurchasesAsync(shop, buyers);
        }
        await MeasureAsync("tip", _users, chance => shop.TipAsync(chance.Next(_users), chance.Next(_models)));
        await MeasureAsync("statement", _users, chance => shop.StatementAsync(chance.Next(_users)));
        await MeasureColdAsync(shop);
        await MeasureKilledAsync(shop);
        return (uniform, hot);
    }

    private async Task<(double Uniform, double Hot)> MeasurePeerAsync(IShop shop)
    {
        await shop.OpenAsync(_users, _models);
        var (uniform, hot) = (0.0, 0.0);
        foreach (var buyers in PeerBuyers)
        {
            var (each, one) = await MeasurePurchasesAsync(shop, buyers);
            (uniform, hot) = (Math.Max(uniform, each), Math.Max(hot, one));
        }
        return (uniform, hot);
    }

    private async Task<(double Uniform, double Hot)> MeasurePurchasesAsync(IShop shop, int buyers)
    {
        var uniform = await MeasureAsync(
            $"{shop.Name}: uniform",
            buyers,
            chance => shop.BuyAsync(chance.Next(_users), chance.Next(_models))
        );
        var hot = await MeasureAsync($"{shop.Name}: hot", buyers, chance => shop.BuyAsync(chance.Next(_users), 0));
        return (uniform, hot);
    }

    /// <summary>Buyers that nobody has in memory, one after the other.</summary>
    private async Task MeasureColdAsync(ProductShop shop)
    {
        var before = azurite.Calls!.Counts;
        await shop.PutAwayAsync();
        await SettleAsync();
        NoteKinds("an account or other grain put away", before, _users + _models);
        // Wallet and menu are warm.
        await shop.BuyAsync(0, 0);
        await SettleAsync();
        await InTurnAsync("cold purchase: the buyer", number => shop.BuyAsync(_users + number, 0));
        await shop.PutAwayAsync();
        await SettleAsync();
        await InTurnAsync(
            "cold purchase: buyer, menu and wallet",
            number => shop.BuyAsync(_users + ColdPurchases + number, _models + number)
        );
    }

    private async Task InTurnAsync(string name, Func<int, Task> call)
    {
        var before = azurite.Calls!.Counts;
        var next = -1;
        var latency = new LatencyHistogram();
        var startedAt = Stopwatch.GetTimestamp();
        while (++next < ColdPurchases)
        {
            var calledAt = Stopwatch.GetTimestamp();
            await call(next);
            latency.Add(Stopwatch.GetElapsedTime(calledAt));
        }
        var run = new CallRun(latency, Stopwatch.GetElapsedTime(startedAt), 0, TimeSpan.Zero);
        await SettleAsync();
        Add(name, 1, run, before);
    }

    private async Task MeasureKilledAsync(ProductShop shop)
    {
        var before = azurite.Calls!.Counts;
        var killing = Task.Run(async () =>
        {
            await Task.Delay(KilledAfter, TimeProvider.System);
            shop.KillOneSilo();
        });
        var run = await CallLoop.RunAsync(
            KilledBuyers,
            KilledFor,
            chance => shop.BuyAsync(chance.Next(_users), chance.Next(_models))
        );
        await killing;
        Add("one silo of two killed", KilledBuyers, run, before);
        var failing = run.Failed == 0 ? TimeSpan.Zero : run.LastFailure - KilledAfter;
        Console.WriteLine(
            $"After kill -9 of one silo requests failed for {failing.TotalSeconds:N1} s, {run.Failed:N0} in all"
        );
        Console.WriteLine();
    }

    private async Task<double> MeasureAsync(string name, int callers, Func<Random, Task> call)
    {
        await CallLoop.RunAsync(callers, _duration / 4, call);
        await SettleAsync();
        var before = azurite.Calls!.Counts;
        var run = await CallLoop.RunAsync(callers, _duration, call);
        await SettleAsync();
        Add(name, callers, run, before);
        return run.PerSecond;
    }

    private void Add(string name, int callers, CallRun run, IReadOnlyDictionary<string, long> before)
    {
        var count = Math.Max(run.Latency.Count, 1);
        var calls = NoteKinds(name, before, count);
        _table.Add(
            name,
            $"{callers:N0}",
            $"{run.PerSecond:N0}",
            Table.Milliseconds(run.Latency.Percentile(50)),
            Table.Milliseconds(run.Latency.Percentile(99)),
            $"{(double)calls / count:N2}",
            $"{run.Failed:N0}"
        );
        Console.WriteLine($"{name}: {run.PerSecond:N0}/s, {(double)calls / count:N2} calls each, {run.Failed} failed");
    }

    private long NoteKinds(string name, IReadOnlyDictionary<string, long> before, long count)
    {
        var calls = StorageCalls.Between(before, azurite.Calls!.Counts);
        var kinds = calls
            .OrderByDescending(static kind => kind.Value)
            .Select(kind => $"{kind.Key} {(double)kind.Value / count:N3}");
        _kinds.Add($"  {name}: {string.Join(", ", kinds)}");
        return calls.Values.Sum();
    }

    private static Task SettleAsync() => Task.Delay(Settling, TimeProvider.System);
}
