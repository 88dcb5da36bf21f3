using System.Net;
using Actors.Bench.Load;
using Actors.TestKit.Processes;

namespace Actors.Bench.Hosts;

/// <summary>The real host on a data directory of its own, with models that have accepted the terms.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    public const string Key = "a signing key that only this bench knows";

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _directory;
    private readonly TokenMint _mint = new(Key);
    private HostProcess _process;

    private readonly (string Name, string Value)[] _settings;

    private BenchHost(DirectoryInfo directory, (string Name, string Value)[] settings)
    {
        (_directory, _settings) = (directory, settings);
        _process = Launch();
    }

    public HostProcess Process => _process;

    public string DataDirectory => _directory.FullName;

    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <summary>How long the last start took, from launching the process to its first answer that it is ready.</summary>
    public TimeSpan StartTook { get; private set; }

    /// <param name="settings">Besides those of every bench.</param>
    public static async Task<BenchHost> StartAsync(
        BenchArguments arguments,
        params (string Name, string Value)[] settings
    )
    {
        var parent = arguments.Text("data") ?? Path.GetTempPath();
        var host = new BenchHost(
            Directory.CreateDirectory(Path.Combine(parent, $"actors-bench-{Environment.ProcessId}")),
            settings
        );
        await host.ReadyAsync();
        return host;
    }

    /// <summary>Registers models and lets each accept the mood terms.</summary>
    public async Task RegisterAsync(IReadOnlyList<string> models)
    {
        const int connections = 64;
        var admin = _mint.Issue("bench-admin", "admin");
        ReadOnlyMemory<byte>[] register =
        [
            .. models.Select(model =>
                RequestBytes.WithBody(
                    "PUT",
                    $"/api/v1/admin/models/{model}",
                    admin,
                    $$"""{"displayName":"{{model}}"}"""
                )
            ),
        ];
        ReadOnlyMemory<byte>[] accept =
        [
            .. models.Select(model =>
                RequestBytes.WithBody("POST", "/api/v1/me/mood-terms", Token(model, "model"), "")
            ),
        ];
        ThrowOnFault(await ClosedLoop.SendAllAsync(EndPoint, register, connections));
        ThrowOnFault(await ClosedLoop.SendAllAsync(EndPoint, accept, connections));
    }

    public string Token(string subject, string role) => _mint.Issue(subject, role);

    /// <summary>A client for what need not be quick.</summary>
    public HttpClient Http(string subject, string role)
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://{EndPoint}"), Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Token(subject, role));
        return http;
    }

    public static void ThrowOnFault(LoadReport report)
    {
        if (report.FaultCount > 0)
        {
            throw new InvalidOperationException($"The load met faults: {report.DescribeFaults()}.");
        }
    }

    /// <summary>Ends the host without any warning and starts it again on what it left behind.</summary>
    public async Task KillAndStartAsync()
    {
        await _process.DisposeAsync();
        _process = Launch();
        await ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private HostProcess Launch() =>
        HostProcess.Start(
            DataDirectory,
            _mint,
            [
                ("Bench:Noop", "true"),
                ("Limits:RequestsPerMinute", "1000000000"),
                ("Moods:ChangesPerHour", "1000000"),
                ("Logging:LogLevel:Default", "Warning"),
                .. _settings,
            ]
        );

    private async Task ReadyAsync()
    {
        StartTook = await _process.ReadyAsync(ReadyWithin);
        EndPoint = await _process.EndPointAsync();
    }
}
