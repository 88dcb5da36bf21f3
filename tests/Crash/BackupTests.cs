using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>CL-6 over the real process: copied while tokens move, brought back after the host is gone.</summary>
public sealed class BackupTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("actors-backup-");

    public void Dispose() => _elsewhere.Delete(recursive: true);

    [Fact]
    [Trait("Spec", "CL-6")]
    [Trait("Spec", "WA-2")]
    public async Task What_was_acknowledged_before_a_backup_under_load_began_is_there_when_it_is_restored()
    {
        await using var site = new PurchaseSite();
        var key = ("Journal:KeyFile", In("keys", "journal.key"));
        string[] named = ["--Journal:KeyFile", In("keys", "journal.key")];
        IReadOnlyDictionary<string, IReadOnlyList<string>> told;
        await using (var host = await site.StartAsync(site.DataDirectory, key))
        {
            var endPoint = await host.EndPointAsync();
            await site.OpenAsync(endPoint);
            // Where nobody performs, queues are full before a slow copy is made.
            var load = Task.WhenAll([
                .. site.Buyers.Select(buyer => Task.Run(() => buyer.BuyAsync(endPoint))),
                .. site.Performers.Select(performer => Task.Run(() => performer.PerformAsync(endPoint))),
            ]);
            await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
            told = site.Buyers.ToDictionary(static buyer => buyer.User, static buyer => buyer.Told);

            var backup = await RunAsync([
                "backup",
                "--to",
                In("backup"),
                "--Data:Directory",
                site.DataDirectory,
                .. named,
            ]);

            Assert.Contains("the key is not", backup);
            Assert.False(load.IsCompleted, host.Output);
            await host.KillAsync();
            await load;
        }
        Directory.Delete(site.DataDirectory, recursive: true);
        Directory.CreateDirectory(site.DataDirectory);

        await RunAsync(["restore", "--from", In("backup"), "--to", In("restored"), .. named]);

        await using var restored = await site.StartAsync(In("restored"), key);
        await site.CheckHeldAsync(await restored.EndPointAsync(), told);
        output.WriteLine(
            $"{told.Values.Sum(static ids => ids.Count)} purchases acknowledged before the backup, "
                + $"{site.Buyers.Sum(static buyer => buyer.Told.Count)} before the kill."
        );
    }

    private string In(params string[] parts) => Path.Combine([_elsewhere.FullName, .. parts]);

    private static async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        var (exitCode, report) = await HostProcess.RunVerbAsync(["journal", .. arguments]);
        Assert.True(exitCode == 0, report);
        return report;
    }
}
