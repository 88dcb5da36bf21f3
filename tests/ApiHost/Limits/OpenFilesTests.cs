using Actors.ApiHost.Hosting;
using Actors.ApiHost.Limits;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Tests.Limits;

[Trait("Spec", "SE-3")]
public sealed class OpenFilesTests
{
    [Theory]
    [InlineData(100, 50)]
    [InlineData(1_024, 768)]
    [InlineData(20_000, 18_000)]
    [InlineData(1_048_576, 943_719)]
    public void Some_descriptors_are_kept_for_the_journal(int limit, int connections) =>
        Assert.Equal(connections, OpenFiles.WithoutReserve(limit));

    [Fact]
    public void Connections_unless_set_are_never_more_than_the_descriptors_allow() =>
        Assert.InRange(OpenFiles.ConnectionsUnlessSet, 1, OpenFiles.ConnectionsAtMost ?? int.MaxValue);

    [Fact]
    public void More_connections_than_the_descriptors_allow_stop_the_start_with_the_name()
    {
        Assert.SkipWhen(OpenFiles.ConnectionsAtMost is null or >= 1_000_000, "There are more than can be asked for.");
        var options = new LimitOptions { Connections = OpenFiles.ConnectionsAtMost + 1 };

        var fault = Assert.Throws<SettingException>(() =>
            new ConnectionLimiter(options, new NetworkOptions(), TimeProvider.System)
        );

        Assert.Equal("Limits:Connections", fault.Name);
    }
}
