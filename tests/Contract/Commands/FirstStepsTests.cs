using System.Diagnostics;
using System.Text.Json;
using Actors.ApiHost;

namespace Actors.Contract.Tests.Commands;

/// <summary>What the console prints at the first start is pasted into a shell, as a newcomer would.</summary>
public sealed class FirstStepsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors first steps").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_three_lines_that_the_host_prints_work_when_pasted()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "There is no bash with curl here.");
        using var host = Run(
            "dotnet",
            typeof(Program).Assembly.Location,
            "--urls=http://127.0.0.1:0",
            $"--Data:Directory={_directory}"
        );
        try
        {
            var lines = new List<string>();
            while (lines.Count < 3)
            {
                var line = await host.StandardOutput.ReadLineAsync();
                Assert.True(line is not null, "The host ended before it printed anything to try.");
                if (line.StartsWith("curl ", StringComparison.Ordinal))
                {
                    lines.Add(line);
                }
            }
            Assert.Equal("Ana", (await Paste(lines[0]))["displayName"].GetString());
            Assert.Equal("positive", (await Paste(lines[1]))["moodState"].GetString());
            Assert.Equal("Feeling great", (await Paste(lines[2]))["customMessage"].GetString());
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
        }
    }

    /// <summary>The last object that the line prints.</summary>
    private static async Task<Dictionary<string, JsonElement>> Paste(string line)
    {
        using var shell = Run("/bin/bash", "-c", line);
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, await shell.StandardError.ReadToEndAsync());
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(output[output.LastIndexOf('{')..])!;
    }

    private static Process Run(string file, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
}
