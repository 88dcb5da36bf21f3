using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Actors.TestKit.Processes;

/// <summary>The real API host in a process of its own, to be driven over HTTP, killed and started again.</summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private const int KeptLines = 200;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<IPEndPoint> _endPoint = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly long _startedAt;

    private HostProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) =>
            _endPoint.TrySetException(new InvalidOperationException($"The host ended before it listened.\n{Output}"));
        _startedAt = Stopwatch.GetTimestamp();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>The newest lines that the host has printed.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Since the process was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="settings">Go in through the environment, so that keys do not show in the list of processes.</param>
    public static HostProcess Start(string dataDirectory, TokenMint mint, params (string Name, string Value)[] settings)
    {
        var start = DotnetExec("--urls", "http://127.0.0.1:0", "--Data:Directory", dataDirectory);
        start.Environment["Auth__SigningKey"] = mint.SigningKey;
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        return new HostProcess(start);
    }

    /// <summary>Runs one of the host's console verbs to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunVerbAsync(params string[] arguments)
    {
        using var process = Process.Start(DotnetExec(arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Where the host listens, as soon as it says so.</summary>
    public Task<IPEndPoint> EndPointAsync() => _endPoint.Task;

    /// <summary>Waits until the host answers that it is ready. Returns the age of the process at that moment.</summary>
    public async Task<TimeSpan> ReadyAsync(TimeSpan atMost)
    {
        using var giveUp = new CancellationTokenSource(atMost);
        try
        {
            var endPoint = await _endPoint.Task.WaitAsync(giveUp.Token);
            using var http = new HttpClient { BaseAddress = new Uri($"http://{endPoint}") };
            while (!await IsReadyAsync(http, giveUp.Token))
            {
                await Task.Delay(Poll, TimeProvider.System, giveUp.Token);
            }
            return Age;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The host was not ready within {atMost}.\n{Output}");
        }
    }

    /// <summary>As a power cut would end it: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the host to stop and goes on at once; <see cref="ExitAsync"/> waits for it.</summary>
    public void Terminate() => Terminate(_process);

    /// <summary>The same for any process of a test.</summary>
    public static void Terminate(Process process) => Signal(process, SigTerm);

    /// <summary>Stops a process in the middle of whatever it does, as a machine without processor time would.</summary>
    public static void Freeze(Process process) => Signal(process, SigStop);

    /// <summary>Lets a frozen process go on as if nothing had been.</summary>
    public static void Thaw(Process process) => Signal(process, SigCont);

    private static void Signal(Process process, int signal)
    {
        if (SendSignal(process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"The host could not be signalled: {Marshal.GetLastPInvokeError()}.");
        }
    }

    public async Task<int> ExitAsync(TimeSpan atMost)
    {
        using var giveUp = new CancellationTokenSource(atMost);
        await _process.WaitForExitAsync(giveUp.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }
        _process.Dispose();
    }

    private static ProcessStartInfo DotnetExec(params IEnumerable<string> arguments) =>
        new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Actors.ApiHost.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync("/readyz", cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException fault) when (fault.InnerException is SocketException or IOException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }
        _output.Enqueue(line);
        while (_output.Count > KeptLines && _output.TryDequeue(out var _)) { }
        if (!_endPoint.Task.IsCompleted && Listening().Match(line) is { Success: true } found)
        {
            _endPoint.TrySetResult(IPEndPoint.Parse(found.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"http://(127\.0\.0\.1:[1-9]\d*)")]
    private static partial Regex Listening();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
