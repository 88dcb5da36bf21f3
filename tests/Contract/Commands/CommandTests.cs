using Actors.ApiHost;
using Actors.ApiHost.Commands;
using Actors.Contract.Tests.Server;
using Actors.Grains.Hosting;

namespace Actors.Contract.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-commands").FullName;

    private string Data => $"--Data:Directory={_directory}";

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task<(int Code, string Output)> Run(params string[] args)
    {
        var output = new StringWriter();
        var code = await CommandLine.Find(args, output)!;
        return (code, output.ToString().Trim());
    }

    [Fact]
    [Trait("Spec", "ID-1")]
    public async Task A_token_made_at_the_console_is_good_at_the_host_of_the_same_directory_and_at_no_other()
    {
        var (code, token) = await Run("token", "--sub", "ana", "--role", "model", "--hours", "2", Data);
        Assert.Equal(0, code);
        await using var server = await ApiServer.Start([Data, "--Auth:SigningKey="]);
        var me = (await server.AsToken(token).Get("/api/v1/me")).ShouldBe(200);
        Assert.Equal(("ana", "model"), (me["id"], me["role"]));
        await using var other = await ApiServer.Start(["--Auth:SigningKey="]);
        (await other.AsToken(token).Get("/api/v1/me")).ShouldRefuse(401, "TOKEN_INVALID");
    }

    [Theory]
    [InlineData("--sub", "no id", "--role", "model")]
    [InlineData("--sub", "ana", "--role", "system")]
    [InlineData("--role", "model")]
    [InlineData("--sub", "ana", "--role", "model", "--hours", "0")]
    public async Task A_token_that_no_host_would_take_is_not_made(params string[] arguments) =>
        await Assert.ThrowsAsync<SettingException>(() => Run(["token", .. arguments, Data]));

    [Fact]
    [Trait("Spec", "WA-4")]
    public async Task The_journal_of_a_stopped_host_is_verified_dumped_and_measured()
    {
        await using (var server = await ApiServer.Start([Data]))
        {
            var model = await server.Model("ana");
            (await model.Post("/api/v1/mood/update", """{"moodState":"positive"}""")).ShouldBe(200);
            Assert.Equal(0, (await Run("journal", "verify", Data)).Code);
        }
        var verified = await Run("journal", "verify", Data);
        Assert.Equal(0, verified.Code);
        Assert.Contains("every chain is whole", verified.Output, StringComparison.Ordinal);
        var dumped = await Run("journal", "dump", "mood/ana", Data);
        Assert.Equal(0, dumped.Code);
        Assert.Contains("\"events\":[{", dumped.Output, StringComparison.Ordinal);
        Assert.Equal(dumped, await Run("journal", "dump", "--stream", "mood/ana", Data));
        Assert.Equal(2, (await Run("journal", "dump", "mood/nobody", Data)).Code);
        Assert.Contains("mood: 1 streams", (await Run("journal", "stats", Data)).Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "SE-3")]
    public async Task A_move_notices_that_the_directory_is_in_use_before_it_checks_it()
    {
        await using var server = await ApiServer.Start([Data]);
        await server.User("bo");

        var (code, output) = await Run("journal", "move", "--to", "UseDevelopmentStorage=true", Data);

        Assert.Equal(2, code);
        Assert.Matches("^The journal is in use: .* is locked by somebody else.$", output);
    }

    [Fact]
    public async Task What_cannot_be_started_says_why_and_returns_2()
    {
        Assert.Equal(2, await Program.Main(["nonsense"]));
        Assert.Equal(2, await Program.Main(["journal", "explode", Data]));
        Assert.Equal(2, await Program.Main(["journal", "dump", "nameless", Data]));
        Assert.Equal(2, await Program.Main([Data, "--Limits:RequestsPerMinute=none"]));
        Assert.Equal(2, await Program.Main([Data, "--Journal:Key=short"]));
        Assert.Equal(2, await Program.Main([Data, "--Moods:ChangesPerHour=0"]));
        Assert.Equal(2, await Program.Main([Data, "--Limits:RequestPerMinute=5"]));
        Assert.Equal(2, await Program.Main([Data, "--urls=nowhere"]));
        Assert.Equal(2, await Program.Main([Data, "--urls=http://192.0.2.1:5000"]));
        Assert.Equal(2, await Program.Main([Data, "--Host:DrainSeconds=100"]));
        Assert.Equal(2, await Program.Main([Data, "--Network:TrustedProxies=everybody"]));
        await using var first = await ApiServer.Start([Data]);
        Assert.Equal(2, await Program.Main([Data, "--urls=http://127.0.0.1:0"]));
        Assert.Equal(2, await Program.Main([$"{Data}/elsewhere", $"--urls={first.Address}"]));
    }
}
