using Actors.ApiHost.Commands;
using Actors.Grains.Hosting;
using Actors.Grains.Queues;
using Microsoft.Extensions.Configuration;

namespace Actors.ApiHost.Tests.Hosting;

[Trait("Spec", "OP-1")]
public sealed class KnownSettingsTests
{
    private static readonly KnownSettings Known = new(
        [typeof(CommandLine).Assembly, typeof(QueueOptions).Assembly],
        "sub"
    );

    [Theory]
    [InlineData("--Limits:RequestPerMinute=5", "Limits:RequestPerMinute", "Limits:RequestsPerMinute")]
    [InlineData("--Limit:Burst=5", "Limit:Burst", "Limits:Burst")]
    [InlineData("--Limits.Burst=5", "Limits.Burst", "Limits:Burst")]
    [InlineData("--url=http://localhost:1", "url", "urls")]
    [InlineData("--data=/tmp", "data", null)]
    [InlineData("--sud=ana", "sud", "sub")]
    [InlineData("--Completely:Different=1", "Completely:Different", null)]
    public void A_misspelt_argument_is_named_with_what_was_probably_meant(
        string argument,
        string name,
        string? meant
    ) => AssertUnknown(() => Require([argument]), name, meant);

    [Theory]
    [InlineData("nonsense", "nonsense", "--sub=ana")]
    [InlineData("nonsense", "--Limits:Burst", "5", "nonsense")]
    [InlineData("--Limits:Burst", "--sub=ana", "--Limits:Burst")]
    public void So_is_an_argument_that_is_no_name_with_a_value(string name, params string[] arguments) =>
        Assert.Equal(name, Assert.Throws<SettingException>(() => Require(arguments)).Name);

    [Theory]
    [InlineData("Limits:RequestPerMinute", "Limits:RequestsPerMinute")]
    [InlineData("Limit:RequestsPerMinute", "Limits:RequestsPerMinute")]
    [InlineData("QUEUES:MAXLENGHT", "Queues:MaxLength")]
    [InlineData("Limits_Burst", "Limits:Burst")]
    [InlineData("Menus:Nothing:Like:It", null)]
    public void So_is_one_of_the_environment_or_a_file(string name, string? meant) =>
        AssertUnknown(() => Require([], (name, "5")), name, meant);

    [Fact]
    public void What_is_meant_for_others_is_left_alone() =>
        Require(
            [
                "--urls=http://localhost:1",
                "--environment",
                "Development",
                "--Logging:LogLevel:Default=None",
                "--sub=ana",
            ],
            ("PATH", "/bin"),
            ("DATA", "x"),
            ("HOST", "here"),
            ("LIMITS_BURST", "5"),
            ("Database:Directory", "x"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector"),
            ("LIMITS:BURST", "5")
        );

    [Fact]
    public async Task Help_shows_every_setting_with_its_default_and_every_command()
    {
        var output = new StringWriter();

        Assert.Equal(0, await CommandLine.Find(["--help"], output)!);

        var help = output.ToString();
        Assert.Contains("Limits:RequestsPerMinute", help, StringComparison.Ordinal);
        Assert.Contains("1 to 1000000000. Unless set: 600.", help, StringComparison.Ordinal);
        Assert.Contains("Webhooks:TimeoutSeconds", help, StringComparison.Ordinal);
        Assert.Contains("Cluster:AzureStorage", help, StringComparison.Ordinal);
        Assert.Contains("journal verify", help, StringComparison.Ordinal);
        Assert.Contains("token --sub", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token", "--sub", "", "--role", "service", "--hours", "1", "--scope", "balances.credit")]
    [InlineData("journal", "verify", "--anchor", "/nowhere")]
    [InlineData("journal", "dump", "--stream", "nameless")]
    [InlineData("journal", "restore", "--from", "", "--to", "/nowhere")]
    public async Task What_a_command_takes_is_known(params string[] arguments)
    {
        // Each ends for a reason of its own, which only a command can give that was let at its arguments.
        var fault = await Assert.ThrowsAsync<SettingException>(() =>
            CommandLine.Find([.. arguments, "--Data:Directory=/nowhere"], new StringWriter())!
        );
        Assert.DoesNotContain("is not known", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_directory_is_not_verified_in_place_of_the_one_that_was_meant() =>
        AssertUnknown(
            () => CommandLine.Find(["journal", "verify", "--Data:Directry=/tmp"], new StringWriter()),
            "Data:Directry",
            "Data:Directory"
        );

    private static void AssertUnknown(Action act, string name, string? meant)
    {
        var fault = Assert.Throws<SettingException>(act);
        Assert.Equal(name, fault.Name);
        Assert.EndsWith(
            meant is null ? "is not known; --help shows all." : $"is not known; did you mean {meant}?",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    private static void Require(string[] arguments, params (string Name, string Value)[] environment) =>
        Known.Require(
            new ConfigurationBuilder()
                .AddInMemoryCollection(environment.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)))
                .AddCommandLine(arguments)
                .Build(),
            arguments
        );
}
