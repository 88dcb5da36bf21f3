using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>A data directory that outlives the hosts which are started on it, and tokens that all of them accept.</summary>
internal abstract class HostSite(params (string Name, string Value)[] settings) : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("actors-crash-");
    private readonly TokenMint _mint = new("a signing key that only this test knows");

    public string DataDirectory => _directory.FullName;

    public string Token(string subject, string role) => _mint.Issue(subject, role);

    public HostProcess Launch() => Launch(DataDirectory);

    public Task<HostProcess> StartAsync() => StartAsync(DataDirectory);

    /// <summary>The same on another data directory, with settings besides those of the site.</summary>
    public HostProcess Launch(string dataDirectory, params (string Name, string Value)[] more) =>
        HostProcess.Start(dataDirectory, _mint, [("Limits:RequestsPerMinute", "1000000000"), .. settings, .. more]);

    public async Task<HostProcess> StartAsync(string dataDirectory, params (string Name, string Value)[] more)
    {
        var host = Launch(dataDirectory, more);
        await host.ReadyAsync(ReadyWithin);
        return host;
    }

    /// <summary>Recovery itself is cut off half-way and must be repeatable.</summary>
    public async Task KillWhileStartingAsync(TimeSpan after)
    {
        await using var host = Launch();
        await Task.Delay(after, TimeProvider.System);
        await host.KillAsync();
    }

    /// <summary>What <c>journal verify</c> prints about the journal of a host that has ended.</summary>
    public async Task<string> VerifyJournalAsync()
    {
        var (exitCode, report) = await HostProcess.RunVerbAsync("journal", "verify", "--Data:Directory", DataDirectory);
        Assert.True(exitCode == 0, report);
        return report;
    }

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
