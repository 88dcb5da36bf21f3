using System.IO.Pipelines;
using System.Net;
using Actors.ApiHost.Hosting;
using Actors.ApiHost.Limits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.ApiHost.Tests.Limits;

[Trait("Spec", "SE-1")]
public sealed class ConnectionLimiterTests
{
    private const string Me = "192.0.2.1";

    [Fact]
    public async Task A_newcomer_gets_the_place_of_the_connection_that_has_been_idle_longest()
    {
        var limiter = Limiter(connections: 10, perAddress: 10);
        var open = Open(limiter, 10, static number => $"192.0.2.{number}");

        var newcomer = new Connection(limiter, "198.51.100.1");

        Assert.True(newcomer.IsOpen);
        Assert.Equal([0], Closed(open));
        var others = Open(limiter, 9, static number => $"198.51.100.{number}");
        Assert.True(newcomer.IsOpen);
        Assert.All(others, static one => Assert.True(one.IsOpen));
        Assert.Equal(10, Closed(open).Length);
        await Task.WhenAll([.. open.Select(static one => one.Running)]);
    }

    [Fact]
    public void A_connection_with_a_request_under_way_keeps_its_place_and_without_any_idle_one_newcomers_are_turned_away()
    {
        var limiter = Limiter(connections: 10, perAddress: 10);
        var open = Open(limiter, 10, static number => $"192.0.2.{number}");
        Assert.All(open, static one => Assert.True(one.Slot.TryBegin()));

        Assert.False(new Connection(limiter, "198.51.100.1").IsOpen);

        open[7].Slot.End();
        Assert.True(new Connection(limiter, "198.51.100.1").IsOpen);
        Assert.Equal([7], Closed(open));
        Assert.False(open[7].Slot.TryBegin());
    }

    [Fact]
    public void An_address_that_has_its_share_gets_places_of_its_own_only()
    {
        var limiter = Limiter(connections: 10, perAddress: 3);
        var others = Open(limiter, 4, static number => $"198.51.100.{number}");
        var mine = Open(limiter, 3, static _ => Me);

        Assert.True(new Connection(limiter, Me).IsOpen);

        Assert.Equal([0], Closed(mine));
        Assert.Empty(Closed(others));
        Assert.All(mine[1..], static one => Assert.True(one.Slot.TryBegin()));
        Assert.True(new Connection(limiter, Me).IsOpen);
        Assert.True(new Connection(limiter, "198.51.100.99").IsOpen);
    }

    [Fact]
    public void With_requests_under_way_on_its_whole_share_an_address_is_turned_away_and_others_are_not()
    {
        var limiter = Limiter(connections: 10, perAddress: 3);
        Assert.All(Open(limiter, 3, static _ => Me), static one => Assert.True(one.Slot.TryBegin()));

        Assert.False(new Connection(limiter, Me).IsOpen);
        Assert.True(new Connection(limiter, "198.51.100.1").IsOpen);
    }

    [Fact]
    public async Task A_place_is_free_again_when_its_connection_has_ended()
    {
        var limiter = Limiter(connections: 10, perAddress: 1);
        var first = new Connection(limiter, Me);
        Assert.True(first.Slot.TryBegin());
        Assert.False(new Connection(limiter, Me).IsOpen);

        await first.EndAsync();

        Assert.True(new Connection(limiter, Me).IsOpen);
    }

    [Fact]
    public void Trusted_proxies_speak_for_many()
    {
        var limiter = Limiter(connections: 10, perAddress: 1, proxies: "10.0.0.0/8");
        var open = Open(limiter, 5, static _ => "10.1.2.3");
        Assert.All(open, static one => Assert.True(one.Slot.TryBegin()));
        Assert.All(open, static one => Assert.True(one.IsOpen));
    }

    private static ConnectionLimiter Limiter(int connections, int perAddress, string proxies = "") =>
        new(
            new LimitOptions { Connections = connections, ConnectionsPerAddress = perAddress },
            new NetworkOptions { TrustedProxies = proxies },
            TimeProvider.System
        );

    private static Connection[] Open(ConnectionLimiter limiter, int count, Func<int, string> address) =>
        [.. Enumerable.Range(1, count).Select(number => new Connection(limiter, address(number)))];

    private static int[] Closed(Connection[] connections) =>
        [.. Enumerable.Range(0, connections.Length).Where(index => !connections[index].IsOpen)];

    /// <summary>Ends where it is aborted and not somewhen later.</summary>
    private sealed class Connection : ConnectionContext
    {
        private readonly TaskCompletionSource _end = new();

        public Connection(ConnectionLimiter limiter, string address)
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1234);
            Running = limiter.RunAsync(this, _ => _end.Task);
        }

        public Task Running { get; }

        public bool IsOpen { get; private set; } = true;

        public ConnectionSlot Slot => Features.Get<ConnectionSlot>()!;

        public override string ConnectionId { get; set; } = "";

        public override EndPoint? RemoteEndPoint { get; set; }

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override IDuplexPipe Transport { get; set; } = null!;

        public override void Abort(ConnectionAbortedException abortReason)
        {
            IsOpen = false;
            _end.SetResult();
        }

        public Task EndAsync()
        {
            _end.SetResult();
            return Running;
        }
    }
}
