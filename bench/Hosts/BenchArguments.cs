using Microsoft.Extensions.Configuration;

namespace Actors.Bench.Hosts;

/// <summary>What follows the verb on the command line: <c>--name value</c> pairs.</summary>
internal sealed class BenchArguments(string[] arguments)
{
    private readonly IConfiguration _values = new ConfigurationBuilder().AddCommandLine(arguments).Build();

    public int Number(string name, int otherwise) => _values.GetValue(name, otherwise);

    public TimeSpan Seconds(string name, double otherwise) => TimeSpan.FromSeconds(_values.GetValue(name, otherwise));

    public string? Text(string name) => _values[name];
}
