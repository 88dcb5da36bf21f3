using System.Net;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>A data directory that outlives the hosts which are started on it, and the people who use them.</summary>
internal sealed class CrashSite : IAsyncDisposable
{
    private const int Models = 4;
    private const int WritersPerModel = 4;

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("actors-crash-");
    private readonly TokenMint _mint = new("a signing key that only this test knows");
    private readonly Dictionary<string, IReadOnlyList<MoodEntry>> _histories = [];

    public CrashSite() =>
        Writers = [
            .. from model in Enumerable.Range(0, Models).Select(number => $"model-{number}")
            from writer in Enumerable.Range(0, WritersPerModel)
            select new MoodWriter(model, writer, Token(model, "model")),
        ];

    public string DataDirectory => _directory.FullName;

    public IReadOnlyList<MoodWriter> Writers { get; }

    public IEnumerable<string> ModelIds => Writers.Select(static writer => writer.Model).Distinct();

    public string Token(string subject, string role) => _mint.Issue(subject, role);

    public HostProcess Launch() =>
        HostProcess.Start(
            DataDirectory,
            _mint,
            ("Limits:RequestsPerMinute", "1000000000"),
            ("Moods:ChangesPerHour", "1000000")
        );

    public async Task<HostProcess> StartAsync()
    {
        var host = Launch();
        await host.ReadyAsync(ReadyWithin);
        return host;
    }

    /// <summary>Registers the models and lets each accept the terms of mood messages.</summary>
    public async Task RegisterAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        var admin = Token("root", "admin");
        foreach (var model in ModelIds)
        {
            var body = $$"""{"displayName":"{{model}}"}""";
            var registered = await client.SendAsync("PUT", $"/api/v1/admin/models/{model}", admin, body);
            Assert.Equal(HttpStatusCode.OK, registered.Status);
            var accepted = await client.SendAsync("POST", "/api/v1/me/mood-terms", Token(model, "model"));
            Assert.Equal(HttpStatusCode.OK, accepted.Status);
        }
    }

    /// <summary>Reads every history, checks it, and checks that it begins with what it was before.</summary>
    public async Task CheckHistoriesAsync(IPEndPoint endPoint)
    {
        foreach (var model in ModelIds)
        {
            var history = await MoodHistory.ReadAsync(endPoint, model, Token("root", "admin"));
            MoodHistory.Check(history, [.. Writers.Where(writer => writer.Model == model)]);
            var before = _histories.GetValueOrDefault(model, []);
            Assert.Equal(before, history.Take(before.Count));
            _histories[model] = history;
        }
    }

    /// <summary>What <c>journal verify</c> prints about the journal of a host that has ended.</summary>
    public async Task<string> VerifyJournalAsync()
    {
        var (exitCode, report) = await HostProcess.RunVerbAsync("journal", "verify", "--Data:Directory", DataDirectory);
        Assert.True(exitCode == 0, report);
        return report;
    }

    public IReadOnlyList<MoodEntry> HistoryOf(string model) => _histories[model];

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
