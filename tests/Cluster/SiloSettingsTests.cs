namespace Actors.Cluster.Tests;

/// <summary>What a silo says that cannot start.</summary>
[Trait("Spec", "OP-1")]
public sealed class SiloSettingsTests
{
    private const string Account = "UseDevelopmentStorage=true";

    [Theory]
    [InlineData("Cluster:AzureStorage", "")]
    [InlineData("Cluster:AzureStorage", "AccountName=a;AccountKey=b")]
    [InlineData("Cluster:SiloPort", "many")]
    [InlineData("Cluster:ClusterId", "a/b")]
    [InlineData("urls", "nowhere")]
    [InlineData("Journal:Key", "short")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere")]
    public async Task A_bad_setting_ends_it_with_one_line_that_names_it(string name, string value)
    {
        var (exitCode, error) = await SiloProcess.RunToEndAsync(("Cluster:AzureStorage", Account), (name, value));
        Assert.Equal(2, exitCode);
        Assert.StartsWith($"Setting {name} ", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
