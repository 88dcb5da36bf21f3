using System.Net;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>CL-6 over the real process: a directory that was put back to an older state does not start.</summary>
public sealed class AnchorTests : IDisposable
{
    private static readonly TimeSpan ExitWithin = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("actors-anchor-");

    private string Anchor => Path.Combine(_elsewhere.FullName, "anchor.json");

    public void Dispose() => _elsewhere.Delete(recursive: true);

    [Fact]
    [Trait("Spec", "CL-6")]
    [Trait("Spec", "WA-4")]
    public async Task A_directory_put_back_to_before_a_payout_does_not_start_and_pays_nothing_again()
    {
        await using var site = new PurchaseSite();
        var journal = Path.Combine(site.DataDirectory, "journal");
        var older = Path.Combine(_elsewhere.FullName, "older");
        await RunAsync(site, "first");
        Copy(journal, older);
        await RunAsync(site, "second");
        Directory.Delete(journal, recursive: true);
        Copy(older, journal);

        await using (var host = site.Launch(site.DataDirectory, ("Journal:AnchorTo", Anchor)))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(host.EndPointAsync);
            Assert.Equal(3, await host.ExitAsync(ExitWithin));
            Assert.Contains("put back to an older state", host.Output);
            Assert.Contains("move the anchor away", host.Output);
        }
        var (code, report) = await HostProcess.RunVerbAsync(
            "journal",
            "verify",
            "--anchor",
            Anchor,
            "--Data:Directory",
            site.DataDirectory
        );
        Assert.Equal(1, code);
        Assert.Matches("NOT AS ANCHORED main ends at .* anchored records are missing", report);

        File.Move(Anchor, Anchor + ".old");
        await RunAsync(site, "as meant");
    }

    /// <summary>A life of a host in which somebody gets tokens; it ends as it should, so that all of it is anchored.</summary>
    private async Task RunAsync(PurchaseSite site, string key)
    {
        await using var host = await site.StartAsync(site.DataDirectory, ("Journal:AnchorTo", Anchor));
        using (var client = await WireClient.ConnectAsync(await host.EndPointAsync()))
        {
            var root = site.Token("root", "admin");
            Assert.Equal(
                HttpStatusCode.OK,
                (await client.SendAsync("PUT", "/api/v1/admin/users/ben", root, "{}")).Status
            );
            var credited = await client.SendAsync(
                "POST",
                "/api/v1/admin/balances/ben/credit",
                root,
                $$"""{"tokens":5,"reason":"Top-up","idempotency_key":"{{key}}"}"""
            );
            Assert.Equal(HttpStatusCode.OK, credited.Status);
        }
        host.Terminate();
        Assert.Equal(0, await host.ExitAsync(ExitWithin));
        Assert.True(File.Exists(Anchor), host.Output);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
