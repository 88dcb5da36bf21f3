using System.Globalization;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Operations;

/// <summary>What <c>/metrics</c> says; of this whole process, whichever server is asked.</summary>
internal static class MetricsPage
{
    public static async Task EventuallyAsync(ApiServer server, Func<Dictionary<string, double>, bool> condition)
    {
        for (var i = 0; !condition(await ReadAsync(server)); i++)
        {
            Assert.True(i < 200, "The metrics never said so.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public static async Task<Dictionary<string, double>> ReadAsync(ApiServer server) =>
        (await server.AsNobody().Get("/metrics"))
            .ShouldBe(200)
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => line[0] != '#')
            .ToDictionary(
                static line => line[..line.LastIndexOf(' ')].Replace("{}", ""),
                static line => double.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture)
            );
}
