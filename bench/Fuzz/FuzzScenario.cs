using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Actors.Bench.Hosts;
using Actors.TestKit.Processes;

namespace Actors.Bench.Fuzz;

/// <summary>
/// Bad requests by the thousand over real sockets (SE-1): none may be answered with a 5xx, every 4xx is a problem that
/// also carries <c>error</c> and <c>message</c>, and the host is as well afterwards as before.
/// </summary>
internal sealed class FuzzScenario(BenchHost host, int seed)
{
    private const int Connections = 16;

    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly ConcurrentQueue<string> _faults = new();

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var requests = arguments.Number("requests", 100_000);
        var seed = arguments.Number("seed", 1);
        await using var host = await BenchHost.StartAsync(arguments);
        await host.RegisterAsync(["fuzzed"]);
        var scenario = new FuzzScenario(host, seed);
        await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(number => scenario.SendAsync(number, requests / Connections))
        );
        await scenario.CheckHealthAsync();
        return scenario.Report(requests);
    }

    private async Task SendAsync(int number, int count)
    {
        var tokens = new FuzzTokens(
            host.Token("fuzzer", "user"),
            host.Token("fuzzed", "model"),
            host.Token("root", "admin"),
            host.Token("robot", "service"),
            host.ExpiredToken("fuzzed", "model")
        );
        var requests = new BadRequests((seed * 1_000) + number, tokens);
        WireClient? client = null;
        for (var sent = 0; sent < count; sent++)
        {
            var request = requests.Next();
            client ??= await WireClient.ConnectAsync(host.EndPoint);
            if (!await SendOneAsync(client, request))
            {
                client.Dispose();
                client = null;
            }
        }
        client?.Dispose();
    }

    /// <summary>False when the connection is of no more use.</summary>
    private async Task<bool> SendOneAsync(WireClient client, BadRequest request)
    {
        try
        {
            await client.SendAsync(request.Bytes);
            var answer = await client.AnswerAsync();
            Check(request, answer);
            return request.IsHttp && answer["Connection"] != "close";
        }
        catch (Exception fault) when (fault is SocketException or EndOfStreamException)
        {
            Count("closed without an answer");
            return false;
        }
        catch (Exception fault) when (fault is InvalidDataException or OperationCanceledException)
        {
            Fault(fault.Message, request);
            return false;
        }
    }

    private void Check(BadRequest request, WireAnswer answer)
    {
        var status = (int)answer.Status;
        Count($"{status}");
        if (status >= 500)
        {
            Fault($"status {status}", request);
        }
        else if (status >= 400 && Flaw(answer) is { } flaw)
        {
            Fault($"status {status} {flaw}", request);
        }
    }

    private static string? Flaw(WireAnswer answer)
    {
        if (answer["Content-Type"]?.StartsWith("application/problem+json", StringComparison.Ordinal) != true)
        {
            return $"is no problem+json but {answer["Content-Type"] ?? "bare"}";
        }
        try
        {
            using var problem = JsonDocument.Parse(answer.Body);
            var root = problem.RootElement;
            return root.GetProperty("status").GetInt32() != (int)answer.Status ? "says another status"
                : string.IsNullOrWhiteSpace(root.GetProperty("error").GetString()) ? "has no error"
                : string.IsNullOrWhiteSpace(root.GetProperty("message").GetString()) ? "has no message"
                : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return fault.Message;
        }
    }

    private async Task CheckHealthAsync()
    {
        using var client = await WireClient.ConnectAsync(host.EndPoint);
        var mood = await client.SendAsync("GET", "/api/v1/mood/fuzzed", host.Token("bo", "user"));
        var ready = await client.SendAsync("GET", "/readyz", "");
        if (mood.Status != HttpStatusCode.OK || ready.Status != HttpStatusCode.OK)
        {
            _faults.Enqueue($"afterwards a mood answers {mood.Status} and /readyz {ready.Status}");
        }
    }

    private int Report(int requests)
    {
        var table = new Table("answer", "count");
        foreach (var (answer, count) in _answers.OrderBy(static answer => answer.Key, StringComparer.Ordinal))
        {
            table.Add(answer, $"{count:N0}");
        }
        table.Print();
        Console.WriteLine($"{requests:N0} bad requests with seed {seed}: {_faults.Count} wrong answers.");
        foreach (var fault in _faults.Take(10))
        {
            Console.Error.WriteLine(fault);
        }
        return _faults.IsEmpty ? 0 : 1;
    }

    private void Count(string answer) => _answers.AddOrUpdate(answer, 1, static (_, count) => count + 1);

    private void Fault(string what, BadRequest request) =>
        _faults.Enqueue(
            $"{what}: {Encoding.Latin1.GetString(request.Bytes.Span[..Math.Min(request.Bytes.Length, 600)])}"
        );
}
