using System.Text;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Operations;

[Trait("Spec", "SE-1")]
public sealed class ConnectionLimitTests
{
    private static readonly byte[] Probe = Encoding.ASCII.GetBytes("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");

    [Fact]
    public async Task However_many_connections_stand_idle_a_newcomer_is_answered()
    {
        await using var server = await ApiServer.Start([
            "--Limits:Connections=20",
            "--Limits:ConnectionsPerAddress=20",
        ]);
        var idle = new List<RawConnection>();
        for (var number = 0; number < 100; number++)
        {
            idle.Add(await RawConnection.To(server));
        }
        for (var newcomer = 0; newcomer < 10; newcomer++)
        {
            using var connection = await RawConnection.To(server);
            Assert.Equal(200, await AskAsync(connection));
        }
        idle.ForEach(static one => one.Dispose());
    }

    [Fact]
    public async Task Those_that_have_asked_before_and_stand_idle_keep_nobody_out_either()
    {
        await using var server = await ApiServer.Start([
            "--Limits:Connections=10",
            "--Limits:ConnectionsPerAddress=10",
        ]);
        var asked = new List<RawConnection>();
        for (var number = 0; number < 40; number++)
        {
            asked.Add(await RawConnection.To(server));
            Assert.Equal(200, await AskAsync(asked[^1]));
        }
        asked.ForEach(static one => one.Dispose());
    }

    [Fact]
    public async Task A_connection_with_a_request_under_way_keeps_its_place()
    {
        await using var server = await ApiServer.Start([
            "--Limits:Connections=10",
            "--Limits:ConnectionsPerAddress=10",
        ]);
        using var busy = await RawConnection.To(server);
        var token = server.Token("service", "busy");
        await busy.Send(
            Encoding.ASCII.GetBytes(
                $"POST /api/v1/me/mood-terms HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{"
            )
        );
        // Until it is under way: its body is waited for.
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        for (var number = 0; number < 30; number++)
        {
            using var other = await RawConnection.To(server);
            Assert.Equal(200, await AskAsync(other));
        }
        await busy.Send("}"u8.ToArray());
        Assert.NotNull(await busy.Receive());
    }

    [Fact]
    public async Task The_connections_of_a_trusted_proxy_are_not_counted_by_address()
    {
        await using var server = await ApiServer.Start([
            "--Limits:Connections=20",
            "--Limits:ConnectionsPerAddress=2",
            "--Network:TrustedProxies=127.0.0.0/8",
        ]);
        var passed = new List<RawConnection>();
        for (var number = 0; number < 10; number++)
        {
            passed.Add(await RawConnection.To(server));
            Assert.Equal(200, await AskAsync(passed[^1]));
        }
        passed.ForEach(static one => one.Dispose());
    }

    [Fact]
    public async Task A_connection_that_asks_for_nothing_is_closed()
    {
        await using var server = await ApiServer.Start(["--Limits:FirstRequestSeconds=3"]);
        using var silent = await RawConnection.To(server);
        using var slow = await RawConnection.To(server);
        await slow.Send("GET /livez HTTP/1.1\r\n"u8.ToArray());
        using var asks = await RawConnection.To(server);
        Assert.Equal(200, await AskAsync(asks));

        Assert.Null(await silent.Receive().WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System));
        Assert.Null(await slow.Receive().WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System));
        Assert.Equal(200, await AskAsync(asks));
    }

    private static async Task<int?> AskAsync(RawConnection connection) =>
        await connection.Send(Probe) ? (await connection.Receive())?.Status : null;
}
