using System.Collections.Concurrent;
using System.Globalization;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Errors;

/// <summary>BAD_REQUESTS sets how many are sent; 100,000 unless set.</summary>
[Trait("Spec", "SE-1")]
public sealed class BadRequestTests
{
    private const int Connections = 8;
    private const int Pipelined = 32;
    private const int BatchesPerConnection = 4;

    // Of HTTP itself: what the status has to be when a request names a version that nobody speaks.
    private const int UnknownVersion = 505;

    [Fact]
    public async Task However_bad_the_requests_none_is_a_failure_here_and_whatever_is_HTTP_is_refused_by_a_problem()
    {
        await using var server = await ApiServer.Start();
        await server.Model("ana");
        string[] tokens = [.. new[] { "user", "model", "admin", "service" }.Select(role => server.Token(role, "ana"))];
        var wanted = int.Parse(
            Environment.GetEnvironmentVariable("BAD_REQUESTS") ?? "100000",
            CultureInfo.InvariantCulture
        );
        var answers = new ConcurrentDictionary<int, int>();
        await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(i => Fire(server, i, tokens, wanted / Connections, answers))
        );
        Assert.True(answers.Values.Sum() >= wanted - Connections, $"Only {answers.Values.Sum()} answers came.");
        Assert.All(answers.Keys, status => Assert.True(status is (>= 200 and <= 499) or UnknownVersion, $"{status}"));
        Assert.All(new[] { 200, 400, 401, 403, 404, 405, 415 }, status => Assert.Contains(status, answers.Keys));
        (await server.AsNobody().Get("/livez")).ShouldBe(200);
    }

    private static async Task Fire(
        ApiServer server,
        int seed,
        string[] tokens,
        int wanted,
        ConcurrentDictionary<int, int> answers
    )
    {
        var generator = new BadRequestGenerator(seed, tokens);
        while (wanted > 0)
        {
            using var connection = await RawConnection.To(server);
            var alive = true;
            for (var batch = 0; batch < BatchesPerConnection && alive && wanted > 0; batch++)
            {
                alive = await connection.Send(Batch(generator));
                for (var i = 0; i < Pipelined && alive; i++)
                {
                    var answer = await connection.Receive();
                    alive = answer is not null;
                    if (answer is not null)
                    {
                        Check(answer);
                        answers.AddOrUpdate(answer.Status, 1, static (_, count) => count + 1);
                        wanted--;
                    }
                }
            }
            if (alive)
            {
                wanted -= await Nonsense(connection, generator, answers);
            }
        }
    }

    private static byte[] Batch(BadRequestGenerator generator)
    {
        using var batch = new MemoryStream();
        for (var i = 0; i < Pipelined; i++)
        {
            batch.Write(generator.WellFramed());
        }
        return batch.ToArray();
    }

    /// <summary>After it the connection is of no more use.</summary>
    private static async Task<int> Nonsense(
        RawConnection connection,
        BadRequestGenerator generator,
        ConcurrentDictionary<int, int> answers
    )
    {
        // The second request makes the server answer, should the first one look unfinished.
        await connection.Send(generator.Nonsense());
        await connection.Send("\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        connection.FinishSending();
        var received = 0;
        while (await connection.Receive() is { } answer)
        {
            Check(answer);
            answers.AddOrUpdate(answer.Status, 1, static (_, count) => count + 1);
            received++;
        }
        return received;
    }

    /// <summary>The server's own refusal of what is no HTTP, after which it hangs up.</summary>
    private static bool IsBare(RawAnswer answer) =>
        answer.Head.Contains("\r\nContent-Length: 0\r\nConnection: close", StringComparison.Ordinal);

    private static void Check(RawAnswer answer)
    {
        Assert.True(
            answer.Status < 400 || answer.IsProblem || IsBare(answer),
            $"Not a problem: {answer.Head}\n{answer.Body}"
        );
    }
}
