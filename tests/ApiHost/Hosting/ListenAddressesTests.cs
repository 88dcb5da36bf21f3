using System.Net;
using System.Net.Sockets;
using Actors.Grains.Hosting;
using Actors.Hosting;
using Microsoft.Extensions.Configuration;

namespace Actors.ApiHost.Tests.Hosting;

[Trait("Spec", "OP-1")]
public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("nowhere", "is no address")]
    [InlineData("http://localhost:99999", "is no address")]
    [InlineData("http://localhost:80x", "is no address")]
    [InlineData("ftp://localhost:5000", "is no address")]
    [InlineData("http://192.0.2.1:5000", "no address of this machine")]
    public void An_address_that_cannot_be_listened_on_is_named_in_words(string address, string reason)
    {
        var fault = Assert.Throws<SettingException>(() => Require(address));
        Assert.Equal("urls", fault.Name);
        Assert.Contains($"'{address}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:0")]
    [InlineData("http://*:0;http://+:0;https://[::1]:0;http://127.0.0.1:0;http://some.name:0")]
    [InlineData("http://unix:/tmp/actors.sock")]
    public void Whatever_the_server_takes_is_taken(string addresses) => Require(addresses);

    [Fact]
    public void A_port_that_somebody_else_has_is_named_in_words()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var fault = Assert.Throws<SettingException>(() => Require($"http://127.0.0.1:0;{taken}"));

        Assert.Equal($"Setting urls holds '{taken}', where somebody else listens already.", fault.Message);
        other.Stop();
        Require(taken);
    }

    private static void Require(string addresses) =>
        ListenAddresses.Require(
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("urls", (string?)addresses)]).Build()
        );
}
