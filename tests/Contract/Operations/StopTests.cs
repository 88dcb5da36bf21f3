using System.Text;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Operations;

[Trait("Spec", "OP-1")]
public sealed class StopTests
{
    [Fact]
    public async Task A_request_that_was_accepted_before_the_stop_is_answered_and_its_change_is_kept()
    {
        var directory = Directory.CreateTempSubdirectory("actors-stop").FullName;
        string[] kept = [$"--Data:Directory={directory}"];
        var server = await ApiServer.Start(kept);
        await server.Model("ana");
        const string body = """{"moodState":"positive","customMessage":"last words"}""";
        using var connection = await RawConnection.To(server);
        await connection.Send(
            Encoding.ASCII.GetBytes(
                "POST /api/v1/mood/update HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + $"Authorization: Bearer {server.Token("model", "ana")}\r\nContent-Length: {body.Length}\r\n"
                    + "Expect: 100-continue\r\n\r\n"
            )
        );
        // Whoever is told to go on has been taken up.
        Assert.Equal(100, (await connection.Receive())?.Status);
        await connection.Send(Encoding.ASCII.GetBytes(body[..10]));

        var stopping = server.App.StopAsync();
        Assert.False(stopping.IsCompleted);
        await connection.Send(Encoding.ASCII.GetBytes(body[10..]));
        var answer = await connection.Receive();
        Assert.Equal(200, answer?.Status);
        await stopping;
        await server.DisposeAsync();

        await using var again = await ApiServer.Start(kept);
        Assert.Equal("last words", (await again.As("user").Get("/api/v1/mood/ana")).ShouldBe(200)["customMessage"]);
        await again.App.StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_host_that_begins_to_stop_is_no_longer_ready()
    {
        await using var server = await ApiServer.Start();
        var readiness = server.Service<ApiHost.Operations.Readiness>();
        server.App.Lifetime.StopApplication();
        Assert.False(readiness.IsReady);
        Assert.Equal("draining", readiness.Reason);
    }

    [Fact]
    public async Task A_host_with_a_drain_delay_goes_on_serving_while_it_is_no_longer_ready()
    {
        await using var server = await ApiServer.Start(["--Host:DrainSeconds=3"]);
        var stopping = server.App.StopAsync();
        Assert.Equal("draining", (await server.AsNobody().Get("/readyz")).ShouldBe(503)["status"]);
        (await server.As("user").Get("/api/v1/me")).ShouldBe(200);
        await stopping;
    }
}
