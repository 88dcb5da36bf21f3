using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Hosts;
using Actors.Bench.Load;

namespace Actors.Bench.Scenarios;

/// <summary>The same requests sent by wrk, for those who trust no load generator that comes with the product.</summary>
internal sealed class WrkClient(BenchHost host, int connections, TimeSpan duration)
    : LoadClient(host, connections, duration)
{
    private const string Script = """
        local requests, turn = {}, 0
        function init(args)
          for line in io.lines(args[1]) do
            local method, path, token, body = line:match("^(%S+)\t(%S+)\t(%S+)\t(.*)$")
            local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
            requests[#requests + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
          end
        end
        function request()
          turn = turn % #requests + 1
          return requests[turn]
        end
        function done(summary, latency)
          local errors = summary.errors
          io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
            latency:percentile(50), latency:percentile(95), latency:percentile(99),
            errors.connect + errors.read + errors.write + errors.status + errors.timeout))
        end
        """;

    public override string Name => $"wrk, 1 thread, {Connections} connections";

    public override async Task<LoadRun> RunAsync(Target target)
    {
        var script = Path.Combine(Host.DataDirectory, "wrk.lua");
        var requests = Path.Combine(Host.DataDirectory, "wrk.requests");
        await File.WriteAllTextAsync(script, Script);
        await File.WriteAllLinesAsync(requests, target.Tokens.Select((token, number) => Line(target, token, number)));
        var hostBefore = Host.Process.ProcessorTime;
        using var wrk = Process.Start(
            new ProcessStartInfo(
                "wrk",
                [
                    "--threads=1",
                    $"--connections={Connections}",
                    $"--duration={Duration.TotalSeconds:F0}s",
                    $"--script={script}",
                    $"http://{Host.EndPoint}",
                    "--",
                    requests,
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return Read(output, Host.Process.ProcessorTime - hostBefore, wrk.TotalProcessorTime);
    }

    private static string Line(Target target, string token, int number) =>
        $"{target.Method}\t{target.PathOf(number)}\t{token}\t{target.Body?.Invoke(number)}";

    private static LoadRun Read(string output, TimeSpan host, TimeSpan client)
    {
        var line =
            output.Split('\n').FirstOrDefault(static line => line.StartsWith("RESULT ", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"wrk printed no result:\n{output}");
        long[] figures = [.. line.Split(' ').Skip(1).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        return new LoadRun(
            figures[0] / TimeSpan.FromMicroseconds(figures[1]).TotalSeconds,
            TimeSpan.FromMicroseconds(figures[2]),
            TimeSpan.FromMicroseconds(figures[3]),
            TimeSpan.FromMicroseconds(figures[4]),
            host.TotalMicroseconds / figures[0],
            client.TotalMicroseconds / figures[0],
            figures[5]
        );
    }
}
