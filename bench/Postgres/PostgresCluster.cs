using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Hosts;

namespace Actors.Bench.Postgres;

/// <summary>A private PostgreSQL on an empty directory: as installed, durable, with more memory than it asks for by itself.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string User = "postgres";

    private readonly string _binaries;
    private readonly DirectoryInfo _directory;

    private PostgresCluster(string binaries, DirectoryInfo directory)
    {
        _binaries = binaries;
        _directory = directory;
    }

    /// <summary>Of the server and everything that it has started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var server = File.ReadLines(Path.Combine(Cluster, "postmaster.pid")).First();
            return ProcessorTimes.OfFamily(int.Parse(server, CultureInfo.InvariantCulture));
        }
    }

    public string Directory => _directory.FullName;

    private string Cluster => Path.Combine(Directory, "cluster");

    /// <summary>Null when PostgreSQL is not installed.</summary>
    public static async Task<PostgresCluster?> StartAsync(string parent)
    {
        if (FindBinaries() is not { } binaries)
        {
            return null;
        }
        var directory = System.IO.Directory.CreateDirectory(
            Path.Combine(parent, $"actors-bench-postgres-{Environment.ProcessId}")
        );
        var cluster = new PostgresCluster(binaries, directory);
        await cluster.StartAsync();
        return cluster;
    }

    public Task<string> ExecuteAsync(string sql) =>
        RunAsync("psql", ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", .. Connection, $"--command={sql}"]);

    public Task<string> BenchAsync(params string[] arguments) => RunAsync("pgbench", [.. Connection, .. arguments]);

    public async ValueTask DisposeAsync()
    {
        await RunAsOwnerAsync("pg_ctl", $"--pgdata='{Cluster}' --mode=immediate stop");
        _directory.Delete(recursive: true);
    }

    private string[] Connection => [$"--host={Directory}", $"--username={User}"];

    private static string? FindBinaries()
    {
        const string installed = "/usr/lib/postgresql";
        return System.IO.Directory.Exists(installed)
            ? System
                .IO.Directory.EnumerateDirectories(installed)
                .Select(static version => Path.Combine(version, "bin"))
                .Where(static bin =>
                    File.Exists(Path.Combine(bin, "pgbench")) && File.Exists(Path.Combine(bin, "initdb"))
                )
                .Max(StringComparer.Ordinal)
            : null;
    }

    private async Task StartAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("/bin/chown", [User, Directory]);
        }
        await RunAsOwnerAsync(
            "initdb",
            $"--pgdata='{Cluster}' --username={User} --auth=trust --locale=C --encoding=UTF8 --no-sync"
        );
        await File.AppendAllTextAsync(
            Path.Combine(Cluster, "postgresql.conf"),
            $"""

            listen_addresses = ''
            unix_socket_directories = '{Directory}'
            shared_buffers = 512MB
            fsync = on
            synchronous_commit = on

            """
        );
        await RunAsOwnerAsync("pg_ctl", $"--pgdata='{Cluster}' --log='{Directory}/log' --wait start");
    }

    /// <summary>The server refuses to be run by root.</summary>
    private Task<string> RunAsOwnerAsync(string program, string arguments)
    {
        var command = $"{Path.Combine(_binaries, program)} {arguments}";
        return Environment.IsPrivilegedProcess
            ? RunAsync("/bin/su", [User, "--shell=/bin/sh", $"--command={command}"])
            : RunAsync("/bin/sh", ["-c", command]);
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_binaries, program), arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} failed: {await output}{await error}");
    }
}
