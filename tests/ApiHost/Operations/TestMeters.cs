using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.ApiHost.Tests.Operations;

internal static class TestMeters
{
    public static IMeterFactory New() =>
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
}
