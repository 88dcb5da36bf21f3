using Actors.ApiHost.Live;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace Actors.ApiHost.Tests.Live;

[Trait("Spec", "CH-3")]
public sealed class LiveConnectionsTests
{
    [Fact]
    public void A_person_has_so_many_places_and_a_place_is_free_once_however_often_it_is_given_back()
    {
        var connections = new LiveConnections(new LiveOptions { ConnectionsPerPerson = 2 });
        var first = connections.TryOpen("bo", "sse");
        Assert.NotNull(connections.TryOpen("bo", "sse"));
        Assert.Null(connections.TryOpen("bo", "websocket"));
        Assert.NotNull(connections.TryOpen("cleo", "sse"));

        first!.Dispose();
        first.Dispose();
        Assert.NotNull(connections.TryOpen("bo", "sse"));
        Assert.Null(connections.TryOpen("bo", "sse"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("many")]
    public void A_bad_number_of_places_stops_the_start_with_its_name(string value)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Live:ConnectionsPerPerson", (string?)value)])
            .Build();
        Assert.Equal(
            "Live:ConnectionsPerPerson",
            Assert.Throws<SettingException>(() => SettingsReader.Read<LiveOptions>(settings)).Name
        );
    }
}
